import type { ByteInput, Reading } from "../container/byte-input.ts";
import { ByteWindow } from "../container/byte-window.ts";

/** Bytes asked of the source at once: few calls, and little memory. */
export const READ_AHEAD = 512 * 1024;
/**
 * The most that a reader may look at in one piece, in bytes. The largest thing looked at whole is a FLAC frame of 8
 * channels and 65,535 samples of 32 bits.
 */
export const MAX_WINDOW = 2_200_000;
/** Zeros kept behind the last byte, so that readers of bits and of frame headers may look a little beyond the end. */
export const PADDING = 16;

/**
 * A stretch of a file in memory, under a cursor that moves anywhere. Readers are generators, as in the probe: one
 * yields when it needs bytes that aren't here, and goes on when `supply` has brought what `wanted` names. Holds one
 * read-ahead, or what a reader looks at in one piece if that is more.
 */
export class SourceWindow extends ByteWindow implements ByteInput {
  readonly size: number;
  /** Offset in the file of the buffer's first byte. */
  #origin = 0;
  #needed = 0;
  #fileEnd: number;

  constructor(size: number) {
    super(new Uint8Array(READ_AHEAD + PADDING));
    this.size = size;
    this.#fileEnd = size;
  }

  /** What to read next, or null if the reader paused for another reason. */
  get wanted(): { readonly offset: number; readonly length: number } | null {
    if (this.#needed === 0) return null;
    const kept = this.available;
    return {
      offset: this.position + kept,
      length: Math.min(Math.max(READ_AHEAD, this.#needed) - kept, this.#fileEnd - this.position - kept),
    };
  }

  /** Brings the bytes that `wanted` named, or the fewer that there are. */
  supply(bytes: Uint8Array): void {
    const kept = this.available;
    const offset = this.position;
    const length = kept + bytes.length;
    if (length + PADDING > this.block.length) {
      const larger = new Uint8Array(length + PADDING);
      larger.set(this.bytes.subarray(this.at, this.at + kept));
      this.lookAt(larger);
    } else {
      this.block.copyWithin(0, this.at, this.at + kept);
    }
    this.block.set(bytes, kept);
    this.block.fill(0, length, length + PADDING);
    this.#origin = offset;
    this.at = 0;
    this.blockEnd = length;
    // The file is shorter than its size said: it was changed meanwhile.
    if (bytes.length === 0) this.#fileEnd = offset + kept;
    this.#needed = 0;
  }

  get position(): number {
    return this.#origin + this.at;
  }

  get received(): number {
    return this.#origin + this.blockEnd;
  }

  /** The buffer, for readers of bits; the cursor is at `offset` of it. Valid until the reader yields. */
  get bytes(): Uint8Array {
    return this.block;
  }

  get offset(): number {
    return this.at;
  }

  *fill(count: number): Reading<boolean> {
    if (count > MAX_WINDOW) throw new RangeError(`A look-ahead of ${count} bytes is out of bounds`);
    while (this.blockEnd - this.at < count) {
      if (this.#fileEnd - this.position < count) {
        // Those that there are should still be seen.
        if (this.received >= this.#fileEnd || this.position >= this.#fileEnd) return false;
      }
      this.#needed = count;
      yield;
    }
    return true;
  }

  skip(count: number): void {
    this.at += count;
  }

  /** Moves the cursor to an offset of the file, forwards or backwards. */
  seek(position: number): void {
    const at = position - this.#origin;
    if (at >= 0) {
      this.at = at;
      return;
    }
    this.#origin = position;
    this.at = 0;
    this.blockEnd = 0;
  }

  // biome-ignore lint/correctness/useYield: the probe's input has to wait here, this one knows the size
  *skipToEnd(): Reading<undefined> {
    this.seek(Math.max(this.position, this.#fileEnd));
    return undefined;
  }
}
