import { contentWords } from "../language/words.ts";

/** Any of some phrases, as a pattern. */
function anyOf(phrases: string): string {
  return `(?:${phrases.split(/,\s+/).join("|")})`;
}

/** Beginnings of sentences that go on from what stands before them. */
const GOES_ON = new RegExp(
  `^${anyOf(`it, its, this, that, they, their, them, these, those, he, she, his, her, then, so, but, and, or, nor, also, again,
    otherwise, now, next, finally, later, afterwards, instead, such, same, both, another, others?, here,
    there(?! (?:is|are)\\b), therefore, thus, still, else, yet, after that, only then, because,
    the (?:others?|second|third|former|latter)`)}\\b`,
  "i",
);

/** What is the same as something elsewhere; "with the same finger" says itself what it is. */
const THE_SAME =
  "the same(?= (?:in|with|again|for|on|as (?:before|above|at first)|hands?|steps?|way|thing|exercise)\\b|[.,;:])";

/** What points at another place of the document. */
const POINTS_ELSEWHERE = new RegExp(
  `\\b(?:${anyOf(`above, below, as before, previous, the following, the former, the latter,
    this (?:page|section|chapter|table|way|guide), the (?:opposite|other|next) (?:one|exercise|step), step \\d,
    exercises? \\d`)}\\b|${THE_SAME})`,
  "i",
);

/** A word that stands for another. */
const STANDS_FOR = /\b(?:it|its|they|them|their|this|these|those)\b/i;

/** Whether a sentence goes on from what stands before it. */
export function goesOn(sentence: string): boolean {
  return GOES_ON.test(sentence) || POINTS_ELSEWHERE.test(sentence);
}

/**
 * Whether the beginning of a quotation says what it speaks of: what stands for something else, "it" or "these", has that
 * something before it.
 *
 * @param sentence the first one.
 * @param label that stands before it and is quoted too; empty if there is none.
 */
export function standsAlone(sentence: string, label = ""): boolean {
  if (goesOn(sentence)) return false;
  const at = STANDS_FOR.exec(sentence)?.index;
  if (at === undefined) return true;
  // The verb that tells to do something is nothing that could be meant.
  const before = contentWords(`${label} ${sentence.slice(0, at)}`);
  return before.length > 1;
}
