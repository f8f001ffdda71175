import { embedTokens } from "../embedding/text.ts";
import { RecentlyUsed } from "../recently-used.ts";
import type { LanguageModel, ReadTokens } from "../words/language-model.ts";
import { tokensOf } from "../words/tokens.ts";

/** A passage as the reranker compares it with questions. */
export interface ReadPassage {
  /** Its words, in their order. */
  readonly tokens: ReadTokens;
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
  readonly #remembered = new RecentlyUsed<string, ReadPassage>(REMEMBERED);

  constructor(model: LanguageModel) {
    this.model = model;
  }

  read(text: string): ReadPassage {
    return this.#remembered.get(text, () => {
      const tokens = this.model.read(tokensOf(text));
      return { tokens, meaning: embedTokens(this.model, tokens) };
    });
  }
}
