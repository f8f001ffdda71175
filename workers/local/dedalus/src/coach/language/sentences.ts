/** Where a sentence may end: its mark, and what closes a quotation; but for abbreviations with a full stop. */
const END =
  /(?<=[.!?…][)"”’]*)(?<!\b(?:[Nn]os?|[Oo]pp?|[Vv]s|e\.g|i\.e|[Cc]f|[Bb]ars?)\.)\s+(?=["“(]?[\p{Lu}\d♩♪])/u;

/** Sentences of a text; lines are sentences of their own. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .flatMap((line) => line.split(END))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
}
