import type { Conversation } from "../conversation.ts";
import { wordsFor } from "../dimensions.ts";
import { keyIn, namesKey } from "../language/keys.ts";
import { namesSomebody } from "../language/names.ts";
import type { Quotation } from "../quotation/quote.ts";
import { quoteOn } from "../quotation/quote-on.ts";
import { type Subject, subjectOf } from "../subject.ts";
import { heardOf } from "./own-playing.ts";

/** What the library says of how something is done, or what it is; null if it has nothing on the question. */
export function answerHowTo(conversation: Conversation): string | null {
  const subject = subjectOf(conversation);
  const quotation = quoteOn(subject, conversation);
  if (quotation === null) return null;
  const heard = heardOf(conversation);
  const about = aboutWhat(subject, quotation);
  const quoted = quotation.isNew
    ? `${about} library says: ${quotation.text}`
    : `${about} library has nothing else that I can find. Once more: ${quotation.text}`;
  return heard === null ? quoted : `${heard}\n\n${quoted}`;
}

/**
 * With what an answer begins, up to the word "library". Where a key was asked about that the passage doesn't name, it says so:
 * what holds in general may hold for the key, or not.
 */
function aboutWhat(subject: Subject, { passage, text }: Quotation): string {
  if (subject.type === "dimension") return `For ${wordsFor(subject.dimension)}, the`;
  if (subject.type === "cure") return `For ${subject.aspect.name}, the`;
  // The key of a work is part of its name: "the Minuet in G".
  const key = subject.type === "words" && !namesSomebody(subject.text) ? keyIn(subject.text) : null;
  const isNamed = key === null || namesKey(passage.title, key) || namesKey(text, key);
  return isNamed ? "The" : "On that key itself I find nothing; in general, the";
}
