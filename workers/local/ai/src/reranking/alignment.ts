import type { KnownToken, LanguageModel } from "../words/language-model.ts";
import type { WordVectors } from "../words/word-vectors.ts";
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

/** Compares passages with one question. What was found of a word is kept, since passages share most of their words. */
export class Aligner {
  readonly #general: WordVectors;
  readonly #terms: readonly QueryTerm[];
  readonly #matches = new Map<KnownToken, Float32Array>();

  constructor({ general }: LanguageModel, terms: readonly QueryTerm[]) {
    this.#general = general;
    this.#terms = terms;
  }

  align(passage: readonly KnownToken[]): Alignment {
    const matches = passage.map((token) => this.#matchesOf(token));
    const coverage = this.#coverageBy(matches, 0, matches.length);
    let closeCoverage = 0;
    // Half a window at a time: two sentences that belong together are in one of them.
    for (let first = 0; first < matches.length && closeCoverage < coverage; first += WINDOW / 2) {
      closeCoverage = Math.max(closeCoverage, this.#coverageBy(matches, first, first + WINDOW));
    }
    return { coverage, closeCoverage };
  }

  /** The share of the question's information that is found in the words from one place up to another. */
  #coverageBy(matches: readonly Float32Array[], from: number, to: number): number {
    const best = new Float32Array(this.#terms.length);
    for (let at = from; at < Math.min(to, matches.length); at += 1) {
      const match = matches[at];
      for (let term = 0; term < best.length; term += 1) {
        if (match[term] > best[term]) best[term] = match[term];
      }
    }
    return this.#terms.reduce((sum, { weight }, term) => sum + weight * best[term], 0);
  }

  /** How well a word of a passage matches each of the question's: 1 if it is a form of it, 0 if they are unrelated. */
  #matchesOf(token: KnownToken): Float32Array {
    const known = this.#matches.get(token);
    if (known !== undefined) return known;
    const matches = new Float32Array(this.#terms.length);
    for (let term = 0; term < matches.length; term += 1) {
      matches[term] = this.#matchOf(token, this.#terms[term]);
    }
    this.#matches.set(token, matches);
    return matches;
  }

  #matchOf(token: KnownToken, term: QueryTerm): number {
    if (term.stem === token.stem) return 1;
    if (token.word === undefined || term.word === undefined) return 0;
    if (term.word === token.word) return 1;
    const related = this.#general.cosineOf(token.word, term.word);
    return (Math.max(0, related - RELATED_COSINE) / (1 - RELATED_COSINE)) * RELATED_MATCH;
  }
}
