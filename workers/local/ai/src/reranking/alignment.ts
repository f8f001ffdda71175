import type { KnownToken, LanguageModel } from "../words/language-model.ts";
import type { WordDirection, WordVectors } from "../words/word-vectors.ts";
import type { QueryTerm } from "./query-terms.ts";

/** Cosine of word vectors below which two words have nothing to do with each other. */
const RELATED_COSINE = 0.5;

/** How well a word with the cosine 1 that isn't the same would match. */
const RELATED_MATCH = 0.9;

/** Words of a passage that are looked at together: about two sentences. */
const WINDOW = 40;

/** How a passage answers a question's words; each is 0…1. */
export interface Alignment {
  /** What share of the question's information is found in the passage, in these words or related ones. */
  readonly coverage: number;
  /** The same within the best {@link WINDOW} words of the passage. */
  readonly closeCoverage: number;
}

/** A word of the question, with its vector if there is one. */
type ComparedTerm = QueryTerm & { readonly direction?: WordDirection };

/** How well a word matches each of a question's: 1 if it is a form of it, 0 if they are unrelated. */
type Matches = Float32Array;

/** Compares passages with one question. What was found of a word is kept, since passages share most of their words. */
export class Aligner {
  readonly #general: WordVectors;
  readonly #terms: readonly ComparedTerm[];
  /** Null for a word that matches none of the question's, as nearly all do. */
  readonly #matches = new Map<KnownToken, Matches | null>();

  constructor({ general }: LanguageModel, terms: readonly QueryTerm[]) {
    this.#general = general;
    this.#terms = terms.map((term) =>
      term.word === undefined ? term : { ...term, direction: general.directionOf(term.word) },
    );
  }

  align(passage: readonly KnownToken[]): Alignment {
    // The words that match, and where each stands.
    const words: Matches[] = [];
    const places: number[] = [];
    for (let place = 0; place < passage.length; place += 1) {
      const matches = this.#matchesOf(passage[place]);
      if (matches === null) continue;
      words.push(matches);
      places.push(place);
    }
    const coverage = this.#coverageBy(words);
    let closeCoverage = 0;
    // Half a window at a time: two sentences that belong together are in one of them.
    for (let first = 0; first < passage.length && closeCoverage < coverage; first += WINDOW / 2) {
      const within = words.filter((_, i) => places[i] >= first && places[i] < first + WINDOW);
      closeCoverage = Math.max(closeCoverage, this.#coverageBy(within));
    }
    return { coverage, closeCoverage };
  }

  /** The share of the question's information that is found in some words. */
  #coverageBy(words: readonly Matches[]): number {
    const best = new Float32Array(this.#terms.length);
    for (const matches of words) {
      for (let term = 0; term < best.length; term += 1) {
        if (matches[term] > best[term]) best[term] = matches[term];
      }
    }
    return this.#terms.reduce((sum, { weight }, term) => sum + weight * best[term], 0);
  }

  #matchesOf(token: KnownToken): Matches | null {
    const known = this.#matches.get(token);
    if (known !== undefined) return known;
    let matches: Matches | null = null;
    for (const [place, term] of this.#terms.entries()) {
      const match = this.#matchOf(token, term);
      if (match === 0) continue;
      matches ??= new Float32Array(this.#terms.length);
      matches[place] = match;
    }
    this.#matches.set(token, matches);
    return matches;
  }

  /** 0…1. */
  #matchOf(token: KnownToken, term: ComparedTerm): number {
    if (term.stem === token.stem) return 1;
    if (token.word === undefined || term.direction === undefined) return 0;
    if (term.word === token.word) return 1;
    const related = this.#general.cosineOf(term.direction, token.word);
    return (Math.max(0, related - RELATED_COSINE) / (1 - RELATED_COSINE)) * RELATED_MATCH;
  }
}
