/** Words that say nothing of what a text is about. */
const STOP_WORDS = new Set(
  `a about above after again all also am an and any are as at be been before being below between both but by can could
  did do does doing don down during each else ever few for from further get give go got had has have having he her here hers
  him his how i if in into is it its just know let like make many may me might more most much my need no nor not now of off
  on once one only or other our out over own please really same say see she should so some such take tell than that the
  their them then there these they thing things think this those through to too try under until up us use very want was way
  we well were what when where which while who why will with without would you your`.split(/\s+/),
);

/** Words that only say that somebody wants to get on: "How do I fix it?" */
const VERBS_OF_WORK = new Set(
  "better best begin exercise exercises first fix fixed help improve next practice practise problem start work working".split(
    " ",
  ),
);

/** The words of a text that say what it is about, in lower case. */
export function contentWords(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}[\p{L}'’-]*/gu) ?? [];
  return words
    .map((word) => word.replace(/['’]s?$/, ""))
    .filter((word) => word.length > 1 && !STOP_WORDS.has(word));
}

/** The same without the verbs that go with everything. */
export function topicWords(text: string): string[] {
  return contentWords(text).filter((word) => !VERBS_OF_WORK.has(word));
}

/** Letters that two longer words must share at their beginning to be forms of one: pedal, pedalling. */
const STEM_LETTERS = 5;

export function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const stem = Math.min(a.length, b.length, Math.max(STEM_LETTERS, Math.min(a.length, b.length) - 2));
  return stem >= STEM_LETTERS && a.slice(0, stem) === b.slice(0, stem);
}

/** How many of some words occur in a text. */
export function sharedWords(words: readonly string[], text: string): number {
  const there = contentWords(text);
  return new Set(words).size === 0
    ? 0
    : [...new Set(words)].filter((word) => there.some((other) => isSameWord(word, other))).length;
}

/** Sentences of a text; lines of a list are sentences of their own, without their marks. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .flatMap((line) => line.split(/(?<=[.!?])\s+(?=[\p{Lu}\p{N}"“(])/u))
    .map((sentence) => sentence.replace(/^\s*(?:[-*>#]+|\d+[.)])\s+/, "").trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
}
