import { KnownWords } from "./known-words.ts";
import { significanceOf } from "./significance.ts";
import { stem } from "./stem.ts";
import type { WordVectors } from "./word-vectors.ts";

/** Tokens that are remembered; then all are forgotten. */
const REMEMBERED = 50_000;

/** What is known of a token of a text. */
export interface KnownToken {
  readonly stem: string;
  /** The word's number in general English; undefined if there is none. */
  readonly word: number | undefined;
  /** The number of the library's term that it is a form of, or that the word it misspells is a form of. */
  readonly term: number | undefined;
  /** How much it says of what a text is about, in nats. */
  readonly significance: number;
}

/** The different tokens of a text, with how often each occurs. */
export type TokenCounts = ReadonlyMap<KnownToken, number>;

export function countTokens(tokens: readonly KnownToken[]): TokenCounts {
  const counts = new Map<KnownToken, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

/** The words that texts are understood by: those of general English, and the library's own terms. */
export class LanguageModel {
  readonly general: WordVectors;
  /** By stem. */
  readonly domain: WordVectors;
  readonly #words: KnownWords;
  readonly #remembered = new Map<string, KnownToken>();

  constructor(general: WordVectors, domain: WordVectors) {
    this.general = general;
    this.domain = domain;
    this.#words = new KnownWords(general);
  }

  /** Looks a token up; most are found among those that were looked up before. */
  look(token: string): KnownToken {
    const remembered = this.#remembered.get(token);
    if (remembered !== undefined) return remembered;
    const word = this.#words.find(token);
    const known: KnownToken = {
      stem: stem(token),
      word,
      term:
        this.domain.numberOf(stem(token)) ??
        (word === undefined ? undefined : this.domain.numberOf(stem(this.general.words[word]))),
      significance: significanceOf(this.general, word),
    };
    if (this.#remembered.size >= REMEMBERED) this.#remembered.clear();
    this.#remembered.set(token, known);
    return known;
  }
}
