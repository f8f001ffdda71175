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

/** What is summed where the rate is halved: all sums have the same taps, and each begins two samples behind the one before. */
export interface Halving {
  /** The first sum begins at the first of them. */
  readonly samples: Float32Array;
  /** An even number. */
  readonly taps: Float64Array;
  /** Sums: the last of them ends within the samples. */
  readonly count: number;
}

/** The same sums as `WeightedSums` gives for those places and taps, to the bit, with half the loads. */
export type HalvingSums = (halving: Halving) => Float64Array;

/** Bytes of a page of WebAssembly's memory. */
const PAGE = 65_536;

/** Sums that the kernel works out side by side, and where the rate is halved. */
const SIDE_BY_SIDE = 4;
const HALVED_SIDE_BY_SIDE = 8;

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
    reserve(exports, sumsAt + count * Float64Array.BYTES_PER_ELEMENT);
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

/** Has the kernel sum for half the rate, in the same memory. */
export function createHalvingSums(exports: SignalKernelExports): HalvingSums {
  const { memory } = exports;
  const tableAt = aligned(exports.freeMemory());
  return ({ samples, taps, count }) => {
    const whole = Math.ceil(count / HALVED_SIDE_BY_SIDE) * HALVED_SIDE_BY_SIDE;
    const sumsAt = aligned(tableAt + taps.byteLength);
    const samplesAt = aligned(sumsAt + whole * Float64Array.BYTES_PER_ELEMENT);
    // What fills up the last eight looks at what lies behind the samples.
    reserve(exports, samplesAt + (taps.length + 2 * whole) * Float64Array.BYTES_PER_ELEMENT);
    const { buffer } = memory;
    new Float64Array(buffer, tableAt).set(taps);
    new Float64Array(buffer, samplesAt).set(samples.subarray(0, taps.length + 2 * count));
    exports.halvingSums(samplesAt, tableAt, taps.length, whole, sumsAt);
    return new Float64Array(buffer, sumsAt, count);
  };
}

/** Has the memory reach as far as this address. */
function reserve({ memory }: SignalKernelExports, end: number): void {
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}

function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
