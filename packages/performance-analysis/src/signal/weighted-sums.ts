import type { SignalKernelExports } from "./signal-kernel-exports.ts";

/** What is summed: for each output where its samples and its taps begin. Lengths of the outputs' lists are equal. */
export interface Weighting {
  readonly samples: Float32Array;
  /** Index of each sum's first sample. */
  readonly starts: Int32Array;
  readonly table: Float64Array;
  /** Index of each sum's first tap in the table. */
  readonly rows: Int32Array;
  /** Products of a sum, an even number. */
  readonly taps: number;
}

/** The sums of each output's samples times its taps: valid until the next call. Nothing is kept between two calls. */
export type WeightedSums = (weighting: Weighting) => Float64Array;

/** Bytes of a page of WebAssembly's memory. */
const PAGE = 65_536;

/** Sums that the kernel works out side by side. */
const SIDE_BY_SIDE = 4;

/** Bytes to which addresses are rounded up: those of a vector. */
const ALIGNMENT = 16;

/** Has the kernel sum, in memory that it grows as far as it is needed. */
export function createWeightedSums(exports: SignalKernelExports): WeightedSums {
  const { memory } = exports;
  const free = exports.freeMemory();
  return ({ samples, starts, table, rows, taps }) => {
    const count = Math.ceil(starts.length / SIDE_BY_SIDE) * SIDE_BY_SIDE;
    const samplesAt = aligned(free);
    const startsAt = aligned(samplesAt + samples.length * Float64Array.BYTES_PER_ELEMENT);
    const tableAt = aligned(startsAt + count * Int32Array.BYTES_PER_ELEMENT);
    const rowsAt = aligned(tableAt + table.byteLength);
    const sumsAt = aligned(rowsAt + count * Int32Array.BYTES_PER_ELEMENT);
    const missing = sumsAt + count * Float64Array.BYTES_PER_ELEMENT - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    const { buffer } = memory;
    new Float64Array(buffer, samplesAt).set(samples);
    new Float64Array(buffer, tableAt).set(table);
    // What fills up the last four begins at 0, where there is something to be read.
    const startList = new Int32Array(buffer, startsAt, count).fill(0, starts.length);
    const rowList = new Int32Array(buffer, rowsAt, count).fill(0, rows.length);
    startList.set(starts);
    rowList.set(rows);
    exports.weightedSums(samplesAt, startsAt, tableAt, rowsAt, taps, count, sumsAt);
    return new Float64Array(buffer, sumsAt, starts.length);
  };
}

function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
