import { Spelling } from "./spelling.ts";
import type { WordVectors } from "./word-vectors.ts";

/** Endings that are taken off, or exchanged, to come from a form that isn't known to one that is; tried in this order. */
const ENDINGS: readonly (readonly [ending: string, instead: readonly string[]])[] = [
  ["isation", ["ization"]],
  ["ising", ["izing", "ise"]],
  ["ised", ["ized"]],
  ["ise", ["ize"]],
  ["our", ["or"]],
  ["ies", ["y"]],
  ["es", ["", "e"]],
  ["s", [""]],
  ["ied", ["y"]],
  ["ed", ["", "e"]],
  ["ingly", ["ing", ""]],
  ["ing", ["", "e"]],
  ["ly", ["", "le"]],
  ["ness", [""]],
  ["ers", ["", "e"]],
  ["er", ["", "e"]],
  ["able", ["", "e"]],
  ["less", [""]],
  ["ful", [""]],
  ["issimo", ["o"]],
  ["ist", ["", "y"]],
  ["ism", [""]],
];

/** Fewest letters that must be left of a word without its ending. */
const SHORTEST_STEM = 3;

/** Looks words up in a vocabulary, also those that it has only in another form or spelling. */
export class KnownWords {
  readonly vectors: WordVectors;
  #spelling: Spelling | undefined;

  constructor(vectors: WordVectors) {
    this.vectors = vectors;
  }

  /** The number of a word, or of what it is a form or a misspelling of; undefined if there is no such word. */
  find(word: string): number | undefined {
    return this.vectors.numberOf(word) ?? this.#guess(word);
  }

  #guess(word: string): number | undefined {
    if (/\d/.test(word)) return undefined;
    for (const [ending, instead] of ENDINGS) {
      if (!word.endsWith(ending)) continue;
      const stem = word.slice(0, -ending.length);
      if (stem.length < SHORTEST_STEM) continue;
      for (const other of [...instead.map((last) => stem + last), undoubled(stem)]) {
        const number = other === undefined ? undefined : this.vectors.numberOf(other);
        if (number !== undefined) return number;
      }
    }
    // Made when it is first needed, since most texts have no such word.
    this.#spelling ??= new Spelling(this.vectors);
    return this.#spelling.nearest(word);
  }
}

/** Without the doubling of a last consonant: "pedall" → "pedal". */
function undoubled(stem: string): string | undefined {
  return /([b-df-hj-np-tv-z])\1$/.test(stem) ? stem.slice(0, -1) : undefined;
}
