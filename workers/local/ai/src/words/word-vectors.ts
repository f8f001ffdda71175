/** Nats of information that one step of a word's byte is: 0…25.5 nats in all. */
export const NATS_PER_STEP = 0.1;

/** The format of a packed file; raised with any change of it. */
export const FORMAT = 2;

/** 32-bit integers at the beginning of a packed file: format, words, dimensions, bytes of text, common directions. */
export const HEADER_WORDS = 5;

/** A word's vector in the steps of its components, in 32 bits, which are read faster than bytes, and its length in the same. */
export interface WordDirection {
  readonly components: Int32Array;
  readonly length: number;
}

/**
 * Words, each with a vector and its information.
 *
 * A packed file (scripts/packed-file.ts writes it; little-endian): the header; the common directions as floats, one a dimension;
 * the scale of each word's vector as a float; the words, separated by line feeds and filled up with line feeds to a multiple of
 * four bytes; a byte a word, its information in steps; the vectors' components as signed bytes.
 */
export class WordVectors {
  readonly dimensions: number;
  readonly words: readonly string[];
  /** Directions, of length 1, that all texts share, so that they tell nothing. */
  readonly commonDirections: readonly Float32Array[];
  readonly #scales: Float32Array;
  readonly #information: Uint8Array;
  readonly #components: Int8Array;
  /** Lengths of the vectors; 0: not taken yet. */
  readonly #lengths: Float32Array;
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(packed: ArrayBuffer) {
    const [format, count, dimensions, textBytes, directions] = new Uint32Array(packed, 0, HEADER_WORDS);
    if (format !== FORMAT) throw new Error(`the packed word vectors have format ${format}, not ${FORMAT}`);
    let at = HEADER_WORDS * 4;
    this.commonDirections = Array.from(
      { length: directions },
      (_, i) => new Float32Array(packed, at + i * dimensions * 4, dimensions),
    );
    at += directions * dimensions * 4;
    this.#scales = new Float32Array(packed, at, count);
    this.#lengths = new Float32Array(count);
    at += count * 4;
    this.words = new TextDecoder()
      .decode(new Uint8Array(packed, at, textBytes))
      .trimEnd()
      .split("\n");
    at += textBytes;
    this.#information = new Uint8Array(packed, at, count);
    this.#components = new Int8Array(packed, at + count, count * dimensions);
    this.dimensions = dimensions;
    this.#numbers = new Map(this.words.map((word, number) => [word, number]));
  }

  /** A word's number, its place in `words`; undefined if it isn't known. */
  numberOf(word: string): number | undefined {
    return this.#numbers.get(word);
  }

  /** How much it says that a text has this word: −ln of a probability, in nats. */
  informationOf(number: number): number {
    return this.#information[number] * NATS_PER_STEP;
  }

  /** A word's vector, for many others to be compared with. */
  directionOf(number: number): WordDirection {
    const components = Int32Array.from(this.#componentsOf(number));
    return { components, length: this.#lengthOf(number) };
  }

  /** Cosine of a direction and a word's vector. */
  cosineOf({ components, length }: WordDirection, number: number): number {
    const others = this.#components;
    let product = 0;
    // In integers, which are added up much faster than floats.
    for (let i = 0, j = number * this.dimensions; i < components.length; i += 1, j += 1) {
      product = (product + Math.imul(components[i], others[j])) | 0;
    }
    return product / (length * this.#lengthOf(number));
  }

  /** In the steps of the components; taken once a word, since texts have the same words again and again. */
  #lengthOf(number: number): number {
    if (this.#lengths[number] === 0) {
      const squares = this.#componentsOf(number).reduce((sum, component) => sum + component * component, 0);
      this.#lengths[number] = Math.sqrt(squares);
    }
    return this.#lengths[number];
  }

  #componentsOf(number: number): Int8Array {
    return this.#components.subarray(number * this.dimensions, (number + 1) * this.dimensions);
  }

  /** Adds a word's vector, times a weight. */
  addTo(sum: Float32Array, number: number, weight: number): void {
    const components = this.#components;
    const factor = weight * this.#scales[number];
    for (let i = 0, j = number * this.dimensions; i < sum.length; i += 1, j += 1) {
      sum[i] += factor * components[j];
    }
  }
}
