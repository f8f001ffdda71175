import kernelModule from "@crescendai/similarity-kernel/similarity-kernel.wasm";

/** Vectors whose products are taken in one go; their results are held in between. */
const BLOCK = 4096;

/** The largest component of a quantised query: see packages/similarity-kernel. */
const QUERY_RANGE = 8191;

/** The largest component of a quantised vector. */
const VECTOR_RANGE = 127;

/** Bytes of a page of WebAssembly memory. */
const PAGE = 65_536;

interface Kernel {
  readonly memory: WebAssembly.Memory;
  dotProducts(query: number, vectors: number, stride: number, count: number, products: number): void;
  readonly freeMemory: number;
}

/** Bounds of the cosine of a query with each vector. */
export interface CosineBounds {
  /** By slot: the cosine lies within `estimates[slot] ± (errors[slot] + queryError)`. */
  readonly estimates: Float32Array;
  readonly errors: Float32Array;
  readonly queryError: number;
}

/**
 * Vectors by slot, each turned to length 1 and quantised to bytes with a scale of its own, all in one block of the kernel's
 * memory. What quantising loses is known for each, so that a search by bounds misses nothing.
 */
export class QuantisedVectors {
  readonly #kernel = openKernel();
  readonly #dimensions: number;
  readonly #stride: number;
  /** Where things are in the kernel's memory. */
  readonly #query: number;
  readonly #products: number;
  readonly #vectors: number;
  #count = 0;
  #scales = new Float32Array(BLOCK);
  #errors = new Float32Array(BLOCK);
  #estimates = new Float32Array(BLOCK);

  /** @param dimensions 1…1536. */
  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#stride = Math.ceil(dimensions / 16) * 16;
    this.#query = Math.ceil(this.#kernel.freeMemory / 16) * 16;
    this.#products = this.#query + this.#stride * 2;
    this.#vectors = this.#products + BLOCK * 4;
    this.#growTo(this.#vectors);
  }

  /** One more than the highest slot that was ever set. */
  get slots(): number {
    return this.#count;
  }

  /** Puts a vector of any length into a slot; one of length 0 has the cosine 0 with every other. */
  set(slot: number, values: Float32Array): void {
    this.#reserve(slot + 1);
    const unit = toUnitLength(values);
    const scale = largestMagnitude(unit) / VECTOR_RANGE;
    const bytes = new Int8Array(
      this.#kernel.memory.buffer,
      this.#vectors + slot * this.#stride,
      this.#dimensions,
    );
    this.#errors[slot] = quantise(unit, scale, bytes);
    this.#scales[slot] = scale;
  }

  /** Estimates the cosine of a query with every slot, also those that hold nothing any more. */
  cosines(query: Float32Array): CosineBounds {
    const unit = toUnitLength(query);
    const scale = largestMagnitude(unit) / QUERY_RANGE;
    const buffer = this.#kernel.memory.buffer;
    const queryError = quantise(unit, scale, new Int16Array(buffer, this.#query, this.#dimensions));
    const products = new Int32Array(buffer, this.#products, BLOCK);
    const scales = this.#scales;
    const estimates = this.#estimates;
    for (let first = 0; first < this.#count; first += BLOCK) {
      const count = Math.min(BLOCK, this.#count - first);
      this.#kernel.dotProducts(
        this.#query,
        this.#vectors + first * this.#stride,
        this.#stride,
        count,
        this.#products,
      );
      for (let i = 0; i < count; i += 1) {
        estimates[first + i] = products[i] * scales[first + i] * scale;
      }
    }
    // A quantised vector is hardly longer than 1, so neither is what it makes of the query's error; rounding adds 1e-6.
    return { estimates, errors: this.#errors, queryError: queryError * 1.1 + 1e-6 };
  }

  #reserve(count: number): void {
    if (count <= this.#count) return;
    this.#count = count;
    // A quarter more than needed, so that adding vectors one by one seldom grows the memory.
    const needed = this.#vectors + count * this.#stride;
    if (needed > this.#kernel.memory.buffer.byteLength) this.#growTo(needed + (count * this.#stride) / 4);
    this.#scales = withRoom(this.#scales, count);
    this.#errors = withRoom(this.#errors, count);
    if (this.#estimates.length < this.#scales.length) this.#estimates = new Float32Array(this.#scales.length);
  }

  #growTo(bytes: number): void {
    const { memory } = this.#kernel;
    const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
    if (missing > 0) memory.grow(missing);
  }
}

function openKernel(): Kernel {
  const { memory, freeMemory, dotProducts } = new WebAssembly.Instance(kernelModule, {}).exports;
  if (
    !(memory instanceof WebAssembly.Memory) ||
    typeof freeMemory !== "function" ||
    typeof dotProducts !== "function"
  ) {
    throw new Error("similarity-kernel.wasm exports something else");
  }
  return {
    memory,
    freeMemory: Number(freeMemory()),
    dotProducts: (...args) => Reflect.apply(dotProducts, undefined, args),
  };
}

/** Writes the components as multiples of `scale`, and gives the length of what is lost by it. */
function quantise(values: Float32Array, scale: number, into: Int8Array | Int16Array): number {
  let lost = 0;
  for (let i = 0; i < values.length; i += 1) {
    const steps = scale === 0 ? 0 : Math.round(values[i] / scale);
    into[i] = steps;
    lost += (values[i] - steps * scale) ** 2;
  }
  return Math.sqrt(lost);
}

function toUnitLength(values: Float32Array): Float32Array {
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) squares += values[i] * values[i];
  const length = Math.sqrt(squares);
  return length === 0 ? values : values.map((value) => value / length);
}

function largestMagnitude(values: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}

function withRoom(array: Float32Array<ArrayBuffer>, count: number): Float32Array<ArrayBuffer> {
  if (count <= array.length) return array;
  const larger = new Float32Array(Math.max(count, array.length * 2));
  larger.set(array);
  return larger;
}
