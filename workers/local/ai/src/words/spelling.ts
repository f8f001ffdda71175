import { editDistance } from "@crescendai/worker-kit/edit-distance";
import type { WordVectors } from "./word-vectors.ts";

/** Fewest letters of a word that is taken for a misspelling of another: shorter ones are too like too many. */
const SHORTEST = 4;

/** Words with the most pairs of letters in common that are compared letter by letter. */
const COMPARED = 40;

/** Letters a…z and one mark for the beginning, the end and everything else. */
const LETTERS = 27;

/** Finds, for a word that isn't known, the one that was probably meant. */
export class Spelling {
  readonly #vectors: WordVectors;
  /** The numbers of the words that have a trigram: those of trigram t are at `#starts[t]` up to `#starts[t + 1]`. */
  readonly #postings: Uint32Array;
  readonly #starts = new Uint32Array(LETTERS ** 3 + 1);
  readonly #common: Uint8Array;

  constructor(vectors: WordVectors) {
    this.#vectors = vectors;
    this.#common = new Uint8Array(vectors.words.length);
    for (const word of vectors.words) {
      for (const trigram of trigrams(word)) this.#starts[trigram + 1] += 1;
    }
    for (let trigram = 0; trigram < LETTERS ** 3; trigram += 1) {
      this.#starts[trigram + 1] += this.#starts[trigram];
    }
    this.#postings = new Uint32Array(this.#starts[LETTERS ** 3]);
    const ends = this.#starts.slice();
    for (const [number, word] of vectors.words.entries()) {
      for (const trigram of trigrams(word)) {
        this.#postings[ends[trigram]] = number;
        ends[trigram] += 1;
      }
    }
  }

  /**
   * The number of the known word nearest to `word`: one edit away, or two if it has eight letters or more; of equally near ones
   * the more frequent. Undefined if none is.
   */
  nearest(word: string): number | undefined {
    if (word.length < SHORTEST) return undefined;
    const reach = word.length >= 8 ? 2 : 1;
    let best: number | undefined;
    let bestDistance = reach + 1;
    for (const number of this.#similar(word)) {
      const distance = editDistance(word, this.#vectors.words[number]);
      if (distance < bestDistance || (distance === bestDistance && best !== undefined && number < best)) {
        best = number;
        bestDistance = distance;
      }
    }
    return bestDistance <= reach ? best : undefined;
  }

  /** The words with the most trigrams in common with one, the more frequent first among equals. */
  #similar(word: string): number[] {
    const common = this.#common.fill(0);
    const touched: number[] = [];
    for (const trigram of trigrams(word)) {
      for (const number of this.#postings.subarray(this.#starts[trigram], this.#starts[trigram + 1])) {
        if (common[number] === 0) touched.push(number);
        common[number] += 1;
      }
    }
    return touched
      .filter((number) => Math.abs(this.#vectors.words[number].length - word.length) <= 2)
      .toSorted((one, other) => common[other] - common[one] || one - other)
      .slice(0, COMPARED);
  }
}

/** The threes of letters of a word as numbers, with one mark before and after: "^pi", "pia", …, "no$". */
function trigrams(word: string): number[] {
  const found: number[] = [];
  let trigram = 0;
  for (let i = 0; i <= word.length; i += 1) {
    trigram = (trigram * LETTERS + letterAt(word, i)) % LETTERS ** 3;
    if (i >= 1 && !found.includes(trigram)) found.push(trigram);
  }
  return found;
}

/** 1…26 for a…z, 0 for the mark and all else. */
function letterAt(word: string, i: number): number {
  const letter = i < word.length ? word.charCodeAt(i) - 96 : 0;
  return letter >= 1 && letter <= 26 ? letter : 0;
}
