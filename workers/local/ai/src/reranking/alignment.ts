import type { KnownToken, LanguageModel, ReadTokens } from "../words/language-model.ts";
import type { Relatives } from "../words/related-words.ts";
import type { QueryTerm } from "./query-terms.ts";

/** Words of a passage that are looked at together: about two sentences. */
const WINDOW = 40;

/** How a passage answers a question's words; each is 0…1. */
export interface Alignment {
  /** What share of the question's information is found in the passage, in these words or related ones. */
  readonly coverage: number;
  /** The same within the best {@link WINDOW} words of the passage. */
  readonly closeCoverage: number;
}

/** A word of the question, with what is related to it if that is known. */
type ComparedTerm = QueryTerm & { readonly relatives?: Relatives };

/** How well a word matches each of a question's: 1 if it is a form of it, 0 if they are unrelated. */
type Matches = Float32Array;

/**
 * Compares passages with one question. What was found of a word is kept, since passages share most of their words: all passages
 * are to be read before the first is compared.
 */
export class Aligner {
  readonly #terms: readonly ComparedTerm[];
  readonly #weights: Float64Array;
  /** The best match of each of the question's words; only used while a coverage is taken. */
  readonly #best: Float32Array;
  readonly #matching = new Map<ReadTokens["vocabulary"], MatchingTokens>();

  constructor({ related }: LanguageModel, terms: readonly QueryTerm[]) {
    this.#terms = terms.map((term) =>
      term.word === undefined ? term : { ...term, relatives: related.relativesOf(term.word) },
    );
    this.#weights = Float64Array.from(terms, ({ weight }) => weight);
    this.#best = new Float32Array(terms.length);
  }

  align({ numbers, vocabulary }: ReadTokens): Alignment {
    const matching = this.#matchingIn(vocabulary);
    // The words that match, and where each stands.
    const words: Matches[] = [];
    const places: number[] = [];
    for (let place = 0; place < numbers.length; place += 1) {
      const matches = matching.matchesOf(numbers[place]);
      if (matches === null) continue;
      words.push(matches);
      places.push(place);
    }
    const coverage = this.#coverageBy(words, 0, words.length);
    let closeCoverage = 0;
    let from = 0;
    let to = 0;
    // Half a window at a time: two sentences that belong together are in one of them.
    for (let first = 0; first < numbers.length && closeCoverage < coverage; first += WINDOW / 2) {
      while (from < places.length && places[from] < first) from += 1;
      while (to < places.length && places[to] < first + WINDOW) to += 1;
      closeCoverage = Math.max(closeCoverage, this.#coverageBy(words, from, to));
    }
    return { coverage, closeCoverage };
  }

  /** The share of the question's information that is found in the words from one place up to another. */
  #coverageBy(words: readonly Matches[], from: number, to: number): number {
    const best = this.#best.fill(0);
    for (let i = from; i < to; i += 1) {
      const matches = words[i];
      for (let term = 0; term < best.length; term += 1) {
        if (matches[term] > best[term]) best[term] = matches[term];
      }
    }
    let share = 0;
    for (let term = 0; term < best.length; term += 1) share += this.#weights[term] * best[term];
    return share;
  }

  #matchingIn(vocabulary: ReadTokens["vocabulary"]): MatchingTokens {
    const known = this.#matching.get(vocabulary);
    if (known !== undefined) return known;
    const matching = new MatchingTokens(this.#terms, vocabulary);
    this.#matching.set(vocabulary, matching);
    return matching;
  }
}

/** What there is in a table for a token that wasn't compared yet, and for one that matches nothing, as nearly all do. */
const UNKNOWN = 0;
const NOTHING = 1;

/** How the tokens of a vocabulary match a question's words: found out when it is asked, once for each. */
class MatchingTokens {
  readonly #terms: readonly ComparedTerm[];
  readonly #vocabulary: readonly KnownToken[];
  /** By number of the token: UNKNOWN, NOTHING, or the place in the list. */
  readonly #places: Uint32Array;
  readonly #matches: (Matches | null)[] = [null, null];

  constructor(terms: readonly ComparedTerm[], vocabulary: readonly KnownToken[]) {
    this.#terms = terms;
    this.#vocabulary = vocabulary;
    this.#places = new Uint32Array(vocabulary.length);
  }

  /** Null for a token that matches none of the question's words. */
  matchesOf(number: number): Matches | null {
    if (this.#places[number] === UNKNOWN) {
      const matches = this.#compare(this.#vocabulary[number]);
      this.#places[number] = matches === null ? NOTHING : this.#matches.push(matches) - 1;
    }
    return this.#matches[this.#places[number]];
  }

  #compare(token: KnownToken): Matches | null {
    let matches: Matches | null = null;
    for (let place = 0; place < this.#terms.length; place += 1) {
      const match = matchOf(token, this.#terms[place]);
      if (match === 0) continue;
      matches ??= new Float32Array(this.#terms.length);
      matches[place] = match;
    }
    return matches;
  }
}

/** 0…1. */
function matchOf(token: KnownToken, { stem, relatives }: ComparedTerm): number {
  if (stem === token.stem) return 1;
  return token.word === undefined || relatives === undefined ? 0 : relatives.matchOf(token.word);
}
