import { RecentlyUsed } from "../recently-used.ts";
import type { WordDirection, WordVectors } from "./word-vectors.ts";

/** Cosine of word vectors below which two words have nothing to do with each other. */
const RELATED_COSINE = 0.5;

/** How well a word with the cosine 1 that isn't the same would match. */
const RELATED_MATCH = 0.9;

/** Words of questions that are remembered with what is related to them, some fifteen kilobytes each. */
const REMEMBERED = 500;

/** Finds out how related words are, and remembers it: questions have most of their words in common, and so have passages. */
export class RelatedWords {
  readonly #vectors: WordVectors;
  readonly #remembered = new RecentlyUsed<number, Relatives>(REMEMBERED);

  constructor(vectors: WordVectors) {
    this.#vectors = vectors;
  }

  /** What is related to a word of a question, given by its number. */
  relativesOf(word: number): Relatives {
    return this.#remembered.get(word, () => new Relatives(this.#vectors, word));
  }
}

/** Words a place in the sets of bits holds. */
const BITS = 32;

/** What is related to one word. */
export class Relatives {
  readonly #vectors: WordVectors;
  readonly #word: number;
  readonly #direction: WordDirection;
  /** By number: the words that were compared, and those of them that are related; most are not. */
  readonly #compared: Uint32Array;
  readonly #related: Uint32Array;
  readonly #matches = new Map<number, number>();

  constructor(vectors: WordVectors, word: number) {
    this.#vectors = vectors;
    this.#word = word;
    this.#direction = vectors.directionOf(word);
    const places = Math.ceil(vectors.words.length / BITS);
    this.#compared = new Uint32Array(places);
    this.#related = new Uint32Array(places);
  }

  /** How well another word, given by its number, stands for this one: 1 if it is the same, 0 if they are unrelated. */
  matchOf(other: number): number {
    const place = Math.floor(other / BITS);
    const bit = 1 << (other % BITS);
    if ((this.#compared[place] & bit) === 0) {
      this.#compared[place] |= bit;
      const match = this.#compare(other);
      if (match > 0) {
        this.#related[place] |= bit;
        this.#matches.set(other, match);
      }
    }
    return (this.#related[place] & bit) === 0 ? 0 : (this.#matches.get(other) ?? 0);
  }

  #compare(other: number): number {
    if (other === this.#word) return 1;
    const cosine = this.#vectors.cosineOf(this.#direction, other);
    return (Math.max(0, cosine - RELATED_COSINE) / (1 - RELATED_COSINE)) * RELATED_MATCH;
  }
}
