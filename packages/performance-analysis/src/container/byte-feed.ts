import type { ByteInput, Reading } from "./byte-input.ts";

/** The most that a reader may look at in one piece, in bytes: two MPEG frames of the largest size (2881) and more. */
export const MAX_LOOK_AHEAD = 8192;

/**
 * Turns pushed chunks of any size into a cursor with look-ahead. Chunks are read in place; only what straddles
 * two chunks is copied, at most `MAX_LOOK_AHEAD` bytes, which is also all that is ever kept between pushes.
 * Skipping costs nothing, whatever the distance: bytes yet to arrive are owed, and dropped as they pass.
 */
export class ByteFeed implements ByteInput {
  readonly #carry = new Uint8Array(MAX_LOOK_AHEAD);
  readonly #carryView = new DataView(this.#carry.buffer);
  #bytes: Uint8Array = this.#carry;
  #view: DataView = this.#carryView;
  #at = 0;
  #end = 0;
  #owed = 0;
  #received = 0;
  #wanted = 1;
  #ended = false;

  /** Bytes that can be read now. */
  get available(): number {
    return this.#end - this.#at;
  }

  /** Offset of the cursor from the file's start; after a long skip it may lie beyond what has arrived. */
  get position(): number {
    return this.#received - this.available + this.#owed;
  }

  /** Bytes passed in so far; after the end, the file's length. */
  get received(): number {
    return this.#received;
  }

  has(count: number): boolean {
    return this.#end - this.#at >= count;
  }

  /** Waits for `count` bytes (at most `MAX_LOOK_AHEAD`) at the cursor. False: the file ends before. */
  *fill(count: number): Reading<boolean> {
    if (count > MAX_LOOK_AHEAD) throw new RangeError(`A look-ahead of ${count} bytes is out of bounds`);
    while (this.#owed > 0 || this.available < count) {
      if (this.#ended) return false;
      this.#wanted = count;
      yield;
    }
    return true;
  }

  /** Moves the cursor on by `count` ≥ 0 bytes, whether they have arrived or not. */
  skip(count: number): void {
    const here = Math.min(count, this.available);
    this.#at += here;
    this.#owed += count - here;
  }

  /** Lets the rest of the file pass. */
  *skipToEnd(): Reading<undefined> {
    while (!this.#ended) {
      this.skip(this.available);
      yield* this.fill(1);
    }
    this.skip(this.available);
    return undefined;
  }

  /** Distance from the cursor to the next such byte among those available, or -1. */
  distanceTo(byte: number): number {
    const found = this.#bytes.indexOf(byte, this.#at);
    return found < 0 || found >= this.#end ? -1 : found - this.#at;
  }

  /** The readers below look `offset` bytes beyond the cursor, within `available`. */
  u8(offset: number): number {
    return this.#view.getUint8(this.#at + offset);
  }

  u16be(offset: number): number {
    return this.#view.getUint16(this.#at + offset);
  }

  u16le(offset: number): number {
    return this.#view.getUint16(this.#at + offset, true);
  }

  u24be(offset: number): number {
    return this.u8(offset) * 0x10000 + this.u16be(offset + 1);
  }

  u32be(offset: number): number {
    return this.#view.getUint32(this.#at + offset);
  }

  u32le(offset: number): number {
    return this.#view.getUint32(this.#at + offset, true);
  }

  /** Rounded above 2^53, where no honest file gets. */
  u64be(offset: number): number {
    return this.u32be(offset) * 2 ** 32 + this.u32be(offset + 4);
  }

  u64le(offset: number): number {
    return this.u32le(offset + 4) * 2 ** 32 + this.u32le(offset);
  }

  f64be(offset: number): number {
    return this.#view.getFloat64(this.#at + offset);
  }

  /** `length` bytes as characters U+0000 … U+00FF; fewer if fewer are available. */
  latin1(offset: number, length: number): string {
    let text = "";
    const end = Math.min(offset + length, this.available);
    for (let at = offset; at < end; at++) text += String.fromCharCode(this.u8(at));
    return text;
  }

  /** Gives the next bytes to the reader; `resume` runs it until it yields, and answers whether it has returned. */
  push(chunk: Uint8Array, resume: () => boolean): void {
    let next = 0;
    while (next < chunk.length) {
      next += this.#payOwed(chunk.length - next);
      if (next === chunk.length) return;
      next = this.available <= next ? this.#readInPlace(chunk, next) : this.#extendCarry(chunk, next);
      if (this.available >= this.#wanted && resume()) return;
    }
    this.#keepRest();
  }

  /** Tells the reader that no more will come, and lets it conclude. */
  end(resume: () => boolean): void {
    this.#ended = true;
    resume();
  }

  #payOwed(arrived: number): number {
    const paid = Math.min(this.#owed, arrived);
    this.#owed -= paid;
    this.#received += paid;
    return paid;
  }

  /** What is still unread came from this chunk, if anything is unread at all: no need to copy. */
  #readInPlace(chunk: Uint8Array, next: number): number {
    this.#at = next - this.available;
    this.#end = chunk.length;
    this.#bytes = chunk;
    this.#view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#received += chunk.length - next;
    return chunk.length;
  }

  #extendCarry(chunk: Uint8Array, next: number): number {
    if (this.#at + this.#wanted > MAX_LOOK_AHEAD) {
      this.#carry.copyWithin(0, this.#at, this.#end);
      this.#end -= this.#at;
      this.#at = 0;
    }
    const taken = Math.min(this.#wanted - this.available, chunk.length - next);
    this.#carry.set(chunk.subarray(next, next + taken), this.#end);
    this.#end += taken;
    this.#received += taken;
    return next + taken;
  }

  /** The caller may reuse its chunk once `push` has returned. */
  #keepRest(): void {
    if (this.#bytes === this.#carry) return;
    const rest = this.available;
    this.#carry.set(this.#bytes.subarray(this.#at, this.#end));
    this.#bytes = this.#carry;
    this.#view = this.#carryView;
    this.#at = 0;
    this.#end = rest;
  }
}
