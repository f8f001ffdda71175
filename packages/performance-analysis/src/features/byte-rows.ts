/** Rows of bytes that arrive one after the other, kept in segments: growing never copies what is there. */
export interface ByteRows {
  /** Rows so far. */
  readonly length: number;
  append(row: Uint8Array): void;
  /** A row, without a copy. */
  row(index: number): Uint8Array;
  /** One byte of a row: many times faster than to have the row for it. */
  byte(index: number, place: number): number;
}

/** Rows in a segment. */
const SEGMENT = 1024;

/** No rows yet, each to be `width` bytes. */
export function createByteRows(width: number): ByteRows {
  const segments: Uint8Array[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    append(row) {
      if (length % SEGMENT === 0) segments.push(new Uint8Array(SEGMENT * width));
      segments[segments.length - 1].set(row, (length % SEGMENT) * width);
      length += 1;
    },
    row(index) {
      const from = (index % SEGMENT) * width;
      return segments[Math.floor(index / SEGMENT)].subarray(from, from + width);
    },
    byte: (index, place) => segments[Math.floor(index / SEGMENT)][(index % SEGMENT) * width + place],
  };
}
