/**
 * Text as it is compared: compatibility forms unified (Unicode NFKC), capitals (ß is SS), punctuation and the kind of white
 * space made no difference of. Words are separated by one blank, with a blank at both ends.
 */
function folded(text: string): string {
  const words =
    text
      .normalize("NFKC")
      .toUpperCase()
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return ` ${words.join(" ")} `;
}

/** Fewest letters and digits of a text that counts as said: a shorter one is in everything. */
const LEAST_LETTERS = 3;

/** Whether a text stands, word for word, in one of some messages. */
export function isVerbatimIn(text: string, messages: readonly string[]): boolean {
  const wanted = folded(text);
  if (wanted.replaceAll(" ", "").length < LEAST_LETTERS) return false;
  return messages.some((message) => folded(message).includes(wanted));
}

/** Whether two texts are the same, word for word. */
export function areSameWords(one: string, other: string): boolean {
  return folded(one) === folded(other);
}
