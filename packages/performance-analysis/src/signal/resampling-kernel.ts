/** What is summed: for each output where its samples and its taps begin. Lengths of the outputs' lists are equal. */
export interface WeightedSums {
  readonly samples: Float32Array;
  /** Index of each sum's first sample. */
  readonly starts: Int32Array;
  readonly table: Float64Array;
  /** Index of each sum's first tap in the table. */
  readonly rows: Int32Array;
  /** Products of a sum, an even number. */
  readonly taps: number;
}

/**
 * The instantiated resampling kernel (`@crescendai/resampling-kernel`) as this package sees it. It keeps nothing between two calls:
 * several resamplers may share it.
 */
export interface ResamplingKernel {
  /** The sums of each output's samples times its taps: valid until the next call. */
  weightedSums(sums: WeightedSums): Float64Array;
}

/** Bytes of a page of WebAssembly's memory. */
const PAGE = 65_536;

/** Sums that the kernel works out side by side. */
const SIDE_BY_SIDE = 4;

/** Bytes to which addresses are rounded up: those of a vector. */
const ALIGNMENT = 16;

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBufferLike; grow(pages: number): unknown };
  freeMemory(): number;
  weightedSums(
    samples: number,
    starts: number,
    table: number,
    rows: number,
    taps: number,
    count: number,
    sums: number,
  ): void;
}

function isKernel(exports: object): exports is KernelExports {
  const members = new Map<string, unknown>(Object.entries(exports));
  const memory = members.get("memory");
  return (
    ["freeMemory", "weightedSums"].every((name) => typeof members.get(name) === "function") &&
    typeof memory === "object" &&
    memory !== null &&
    "grow" in memory
  );
}

/**
 * Makes a fresh instance of the kernel ready.
 *
 * @param exports what `new WebAssembly.Instance(module).exports` gives for `resampling-kernel.wasm`
 * @throws Error if it is something else: a fault of the build, not of a recording
 */
export function createResamplingKernel(exports: object): ResamplingKernel {
  if (!isKernel(exports)) throw new Error("this WebAssembly module isn't the resampling kernel");
  const { memory } = exports;
  const free = exports.freeMemory();
  return {
    weightedSums({ samples, starts, table, rows, taps }) {
      const count = Math.ceil(starts.length / SIDE_BY_SIDE) * SIDE_BY_SIDE;
      const samplesAt = aligned(free);
      const startsAt = aligned(samplesAt + samples.byteLength);
      const tableAt = aligned(startsAt + count * Int32Array.BYTES_PER_ELEMENT);
      const rowsAt = aligned(tableAt + table.byteLength);
      const sumsAt = aligned(rowsAt + count * Int32Array.BYTES_PER_ELEMENT);
      const missing = sumsAt + count * Float64Array.BYTES_PER_ELEMENT - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
      const { buffer } = memory;
      new Float32Array(buffer, samplesAt).set(samples);
      new Float64Array(buffer, tableAt).set(table);
      // What fills up the last four begins at 0, where there is something to be read.
      const startList = new Int32Array(buffer, startsAt, count).fill(0, starts.length);
      const rowList = new Int32Array(buffer, rowsAt, count).fill(0, rows.length);
      startList.set(starts);
      rowList.set(rows);
      exports.weightedSums(samplesAt, startsAt, tableAt, rowsAt, taps, count, sumsAt);
      return new Float64Array(buffer, sumsAt, starts.length);
    },
  };
}

function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
