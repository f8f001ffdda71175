import type { ByteInput, Reading } from "./byte-input.ts";

/** A box that has begun. */
export interface OpenBox {
  readonly type: string;
  /** Offset from the file's start. */
  readonly end: number;
}

/** Stands for a box of unknown size; more than any 64-bit size that means something, and still an exact number. */
export const TO_END_OF_FILE = 2 ** 52;
/** What holds the boxes that are in no other. */
export const FILE: OpenBox = { type: "", end: Number.POSITIVE_INFINITY };
/** Printable ASCII, or QuickTime's ©. */
const BOX_TYPE = /^[\x20-\x7e\xa9]{4}$/;

/** How the walk over the boxes ended. */
export type Ending = "end of file" | "inside a box" | "not a box";

/** Section 4.2: a size of 32 bits, or 1 and one of 64, or 0 for "to the end of the file". Leaves the cursor behind it. */
export function* readBoxHeader(input: ByteInput, parent: OpenBox): Reading<OpenBox | Ending> {
  const start = input.position;
  if (!input.has(8) && !(yield* input.fill(8))) {
    return parent !== FILE || start > input.received ? "inside a box" : "end of file";
  }
  const size = input.u32be(0);
  const type = input.latin1(4, 4);
  const length = size === 1 ? 16 : 8;
  if (!BOX_TYPE.test(type)) return "not a box";
  if (length === 16 && !(yield* input.fill(16))) return "inside a box";
  const fullSize = size === 1 ? input.u64be(8) : size === 0 ? TO_END_OF_FILE : size;
  if (fullSize < length) return "not a box";
  input.skip(length);
  // No child reaches beyond its parent, whatever it says.
  return { type, end: Math.min(start + fullSize, parent.end) };
}
