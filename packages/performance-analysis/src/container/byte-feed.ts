import type { ByteInput, Reading } from "./byte-input.ts";
import { ByteWindow } from "./byte-window.ts";

/** The most that a reader may look at in one piece, in bytes: two MPEG frames of the largest size (2881) and more. */
export const MAX_LOOK_AHEAD = 8192;

/**
 * Turns pushed chunks of any size into a cursor with look-ahead. Chunks are read in place; only what straddles
 * two chunks is copied, at most `MAX_LOOK_AHEAD` bytes, which is also all that is ever kept between pushes.
 * Skipping costs nothing, whatever the distance: bytes yet to arrive are owed, and dropped as they pass.
 */
export class ByteFeed extends ByteWindow implements ByteInput {
  readonly #carry: Uint8Array;
  readonly #carryView: DataView;
  #owed = 0;
  #received = 0;
  #wanted = 1;
  #ended = false;

  constructor() {
    super(new Uint8Array(MAX_LOOK_AHEAD));
    this.#carry = this.block;
    this.#carryView = this.view;
  }

  /** Offset of the cursor from the file's start; after a long skip it may lie beyond what has arrived. */
  get position(): number {
    return this.#received - this.available + this.#owed;
  }

  /** Bytes passed in so far; after the end, the file's length. */
  get received(): number {
    return this.#received;
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
    this.at += here;
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
    this.at = next - this.available;
    this.blockEnd = chunk.length;
    this.lookAt(chunk);
    this.#received += chunk.length - next;
    return chunk.length;
  }

  #extendCarry(chunk: Uint8Array, next: number): number {
    if (this.at + this.#wanted > MAX_LOOK_AHEAD) {
      this.#carry.copyWithin(0, this.at, this.blockEnd);
      this.blockEnd -= this.at;
      this.at = 0;
    }
    const taken = Math.min(this.#wanted - this.available, chunk.length - next);
    this.#carry.set(chunk.subarray(next, next + taken), this.blockEnd);
    this.blockEnd += taken;
    this.#received += taken;
    return next + taken;
  }

  /** The caller may reuse its chunk once `push` has returned. */
  #keepRest(): void {
    if (this.block === this.#carry) return;
    const rest = this.available;
    this.#carry.set(this.block.subarray(this.at, this.blockEnd));
    this.lookAt(this.#carry, this.#carryView);
    this.at = 0;
    this.blockEnd = rest;
  }
}
