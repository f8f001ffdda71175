import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** How many rows the product has, how many products each of its numbers is the sum of, and how many columns it has. */
export interface ProductShape {
  readonly rows: number;
  readonly inner: number;
  /** A multiple of `COLUMN_BLOCK`. */
  readonly columns: number;
}

/** Matrices, row by row, in a memory of their own, and their products. */
export interface MatrixKernel {
  /** Room for so many numbers, all 0. Throws if there is no more than was asked for in the beginning. */
  allot(length: number): Float32Array;
  /** Writes a · b to `out`. All three must have been allotted here. */
  multiply(a: Float32Array, b: Float32Array, out: Float32Array, shape: ProductShape): void;
  /** Writes aᵀ · b to `out`, where a has `inner` rows. */
  multiplyTransposed(a: Float32Array, b: Float32Array, out: Float32Array, shape: ProductShape): void;
}

/** Columns that are worked out side by side. */
export const COLUMN_BLOCK = 16;

/** A kernel with room for so many numbers and a few more for each of so many matrices (packages/matrix-kernel). */
export function createMatrixKernel(capacity: number, matrices: number): MatrixKernel {
  const { product, memory, start } = openKernel(4 * capacity + ALIGNMENT * matrices);
  let free = start;
  return {
    allot(length) {
      const numbers = new Float32Array(memory.buffer, free, length);
      free = aligned(free + 4 * length);
      return numbers;
    },
    multiply(a, b, out, { rows, inner, columns }) {
      product(a.byteOffset, inner, 1, b.byteOffset, out.byteOffset, rows, inner, columns);
    },
    multiplyTransposed(a, b, out, { rows, inner, columns }) {
      product(a.byteOffset, 1, rows, b.byteOffset, out.byteOffset, rows, inner, columns);
    },
  };
}

/** Vectors whose products are added up at a time: so many lie in the processor's cache. */
const VECTORS = 64;

/**
 * The sum of the outer products xᵀx of vectors of n components: a symmetric matrix, of which the lower half is right, row by row.
 */
export function sumOuterProducts(vectors: readonly Float32Array[], n: number): Float64Array {
  const width = Math.ceil(n / 4) * 4;
  const { addOuterProducts, memory, start } = openKernel(8 * width * (width + VECTORS));
  const matrix = new Float64Array(memory.buffer, start, width * width);
  const panels = new Float64Array(memory.buffer, matrix.byteOffset + matrix.byteLength, width * VECTORS);
  for (let from = 0; from < vectors.length; from += VECTORS) {
    const some = vectors.slice(from, from + VECTORS);
    some.forEach((vector, index) => {
      for (let i = 0; i < n; i += 1) panels[((i >> 2) * some.length + index) * 4 + (i & 3)] = vector[i];
      for (let i = n; i < width; i += 1) panels[((i >> 2) * some.length + index) * 4 + (i & 3)] = 0;
    });
    addOuterProducts(panels.byteOffset, some.length, width, matrix.byteOffset);
  }
  const sum = new Float64Array(n * n);
  for (let row = 0; row < n; row += 1) sum.set(matrix.subarray(row * width, row * width + n), row * n);
  return sum;
}

const PAGE = 65_536;
const ALIGNMENT = 16;
let compiled: WebAssembly.Module | undefined;

/** A kernel of its own with so many bytes of memory, all 0, from `start` on. */
function openKernel(bytes: number): MatrixExports & { readonly start: number } {
  compiled ??= new WebAssembly.Module(
    readFileSync(require.resolve("@crescendai/matrix-kernel/matrix-kernel.wasm")),
  );
  const { exports } = new WebAssembly.Instance(compiled);
  if (!isMatrixExports(exports)) throw new Error("matrix-kernel.wasm exports something else");
  const { memory, freeMemory, product, addOuterProducts } = exports;
  const start = aligned(freeMemory());
  memory.grow(Math.ceil((start + bytes) / PAGE));
  return { memory, freeMemory, product, addOuterProducts, start };
}

function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}

interface MatrixExports {
  readonly memory: WebAssembly.Memory;
  readonly freeMemory: () => number;
  readonly product: (...numbers: readonly number[]) => void;
  readonly addOuterProducts: (...numbers: readonly number[]) => void;
}

function isMatrixExports(exports: object): exports is MatrixExports {
  return (
    "memory" in exports &&
    exports.memory instanceof WebAssembly.Memory &&
    "freeMemory" in exports &&
    typeof exports.freeMemory === "function" &&
    "product" in exports &&
    typeof exports.product === "function" &&
    "addOuterProducts" in exports &&
    typeof exports.addOuterProducts === "function"
  );
}
