import type { FeedbackProse } from "@crescendai/contracts";
import { findFault } from "./checking/find-fault.ts";
import type { AskedText } from "./request.ts";

/** What came of an answer of the model's. */
export interface Rewordings {
  /** The new words by the text that they stand for; none for a text that was repeated as it is. */
  readonly words: ReadonlyMap<string, string>;
  /** Texts that stay as they were composed, because their rewording says something else, or isn't there. */
  readonly refused: number;
}

/** Takes of an answer what can stand (`findFault`), text by text. An id that wasn't asked for, or comes twice, is no answer. */
export function takeRewordings(asked: readonly AskedText[], { texts }: FeedbackProse): Rewordings {
  const words = new Map<string, string>();
  let refused = 0;
  for (const { id, text: original } of asked) {
    const [given, ...more] = texts.filter((one) => one.id === id);
    if (given === undefined || more.length > 0 || findFault(original, given.text) !== null) refused += 1;
    else if (given.text !== original) words.set(original, given.text);
  }
  return { words, refused };
}
