/** Vectors that there is room for at first. */
const INITIAL = 64;

/** Vectors by slot as they came, in 32 bits, all in one block: what the candidates of a search are scored by. */
export class ExactVectors {
  readonly #dimensions: number;
  #values: Float32Array;
  #lengths = new Float64Array(INITIAL);

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#values = new Float32Array(INITIAL * dimensions);
  }

  set(slot: number, values: Float32Array): void {
    if (slot >= this.#lengths.length) this.#growTo(Math.max(slot + 1, this.#lengths.length * 2));
    this.#values.set(values, slot * this.#dimensions);
    this.#lengths[slot] = lengthOf(values);
  }

  /** The values in a slot; they change with the slot. */
  valuesOf(slot: number): Float32Array {
    return this.#values.subarray(slot * this.#dimensions, (slot + 1) * this.#dimensions);
  }

  /** Gives the cosine of a query with the vector in a slot, in double precision; 0 where one has the length 0. */
  cosinesWith(query: Float32Array): (slot: number) => number {
    const values = this.#values;
    const queryLength = lengthOf(query);
    return (slot) => {
      const lengths = queryLength * this.#lengths[slot];
      if (lengths === 0) return 0;
      let product = 0;
      for (let i = 0, at = slot * this.#dimensions; i < query.length; i += 1, at += 1) {
        product += query[i] * values[at];
      }
      return product / lengths;
    };
  }

  #growTo(count: number): void {
    const values = new Float32Array(count * this.#dimensions);
    values.set(this.#values);
    this.#values = values;
    const lengths = new Float64Array(count);
    lengths.set(this.#lengths);
    this.#lengths = lengths;
  }
}

function lengthOf(values: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) squares += values[i] * values[i];
  return Math.sqrt(squares);
}
