/**
 * A reader that may pause. It yields when it has asked for bytes that haven't arrived; whoever runs it resumes
 * it once they have, or once it's known that they never will.
 */
export type Reading<T> = Generator<undefined, T, undefined>;

/** The bytes at a cursor that can be looked at now. Every reader looks `offset` bytes beyond it, within `available`. */
export interface LookAhead {
  /** Bytes that can be read now. */
  readonly available: number;
  u8(offset: number): number;
  u16be(offset: number): number;
  u16le(offset: number): number;
  u24be(offset: number): number;
  u32be(offset: number): number;
  u32le(offset: number): number;
  /** Rounded above 2^53, where no honest file gets. */
  u64be(offset: number): number;
  u64le(offset: number): number;
  f64be(offset: number): number;
  /** `length` bytes as characters U+0000 … U+00FF; fewer if fewer are available. */
  latin1(offset: number, length: number): string;
}

/** A file under a cursor, whether its bytes are pushed as they arrive or fetched where they are wanted. */
export interface ByteInput extends LookAhead {
  /** Offset of the cursor from the file's start; it may lie beyond the file's end. */
  readonly position: number;
  /** Offset behind the last byte that is known; after `fill` has failed, the file's length. */
  readonly received: number;
  has(count: number): boolean;
  /** Waits for `count` bytes at the cursor. False: the file ends before. */
  fill(count: number): Reading<boolean>;
  /** Moves the cursor on by `count` ≥ 0 bytes, whether they have arrived or not. */
  skip(count: number): void;
  /** Moves the cursor behind the last byte of the file. */
  skipToEnd(): Reading<undefined>;
  /** Distance from the cursor to the next such byte among those available, or -1. */
  distanceTo(byte: number): number;
}
