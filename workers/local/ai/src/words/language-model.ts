import { KnownWords } from "./known-words.ts";
import { RelatedWords } from "./related-words.ts";
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

/** The tokens of a text, in their order, as numbers: far smaller than what is known of each, and faster to go through. */
export interface ReadTokens {
  readonly numbers: Uint32Array;
  /** What each number stands for. Later texts add to it; it is another one when the model has forgotten all tokens. */
  readonly vocabulary: readonly KnownToken[];
}

/** The words that texts are understood by: those of general English, and the library's own terms. */
export class LanguageModel {
  readonly general: WordVectors;
  /** By stem. */
  readonly domain: WordVectors;
  /** Of general English. */
  readonly related: RelatedWords;
  readonly #words: KnownWords;
  #vocabulary: KnownToken[] = [];
  /** By token: its place in the vocabulary. */
  readonly #numbers = new Map<string, number>();

  constructor(general: WordVectors, domain: WordVectors) {
    this.general = general;
    this.domain = domain;
    this.related = new RelatedWords(general);
    this.#words = new KnownWords(general);
  }

  /** Looks tokens up; most are found among those that were looked up before. */
  read(tokens: readonly string[]): ReadTokens {
    if (this.#vocabulary.length >= REMEMBERED) {
      this.#vocabulary = [];
      this.#numbers.clear();
    }
    const numbers = new Uint32Array(tokens.length);
    for (let place = 0; place < tokens.length; place += 1) numbers[place] = this.#numberOf(tokens[place]);
    return { numbers, vocabulary: this.#vocabulary };
  }

  #numberOf(token: string): number {
    const remembered = this.#numbers.get(token);
    if (remembered !== undefined) return remembered;
    const number = this.#vocabulary.push(this.#look(token)) - 1;
    this.#numbers.set(token, number);
    return number;
  }

  #look(token: string): KnownToken {
    const word = this.#words.find(token);
    return {
      stem: stem(token),
      word,
      term:
        this.domain.numberOf(stem(token)) ??
        (word === undefined ? undefined : this.domain.numberOf(stem(this.general.words[word]))),
      significance: significanceOf(this.general, word),
    };
  }
}
