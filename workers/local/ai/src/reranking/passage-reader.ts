import { embedTokens } from "../embedding/text.ts";
import type { KnownToken, LanguageModel } from "../words/language-model.ts";
import { tokensOf } from "../words/tokens.ts";

/** A passage as the reranker compares it with questions. */
export interface ReadPassage {
  /** Its words, in their order. */
  readonly tokens: readonly KnownToken[];
  /** Its embedding. */
  readonly meaning: Float32Array;
}

/** Passages that are remembered, some four kilobytes each: all of a library of middling size. */
const REMEMBERED = 12_000;

/**
 * Reads passages, and remembers those that were read last: what is embedded when it comes in is compared with question after
 * question then.
 */
export class PassageReader {
  readonly model: LanguageModel;
  readonly #remembered = new Map<string, ReadPassage>();

  constructor(model: LanguageModel) {
    this.model = model;
  }

  read(text: string): ReadPassage {
    const passage = this.#remembered.get(text) ?? this.#readAnew(text);
    // A map hands out its keys in the order in which they were put in: the first is the one not asked for the longest.
    this.#remembered.delete(text);
    this.#remembered.set(text, passage);
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= REMEMBERED) break;
      this.#remembered.delete(oldest);
    }
    return passage;
  }

  #readAnew(text: string): ReadPassage {
    const tokens = tokensOf(text).map((token) => this.model.look(token));
    return { tokens, meaning: embedTokens(this.model, tokens) };
  }
}
