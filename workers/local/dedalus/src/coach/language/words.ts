/** Words that say nothing of what a text is about. */
const STOP_WORDS = new Set(
  `a about above actually after again all also always am an and any anybody anyone anything are as at be been before being
  below between both but by can can't cannot could couldn't did didn't do does doesn't doing don don't down during each else
  ever explain few for from further get gets getting give go going got had has have having he her here hers him his how i i'd i'll
  i'm i've if in into is it its just know let like likely lets make many may me mean means might more most much my need no nor
  not now of off on once one only or other our out over own please really rid same say see she should so some somebody someone
  something such take tell than that the their them then there these they thing things think this those through to too try
  under until up us use using very want was way we well were what what's when where whether which while who why will with without
  would you your yourself`.split(/\s+/),
);

/** The symbol of a chord, a run of letters, or a number. Parts of words with hyphens are words of their own: "sight-reading". */
const WORD = /[a-g](?:maj|m|dim|aug|sus|add)\d+|\p{L}[\p{L}'’]*|\d+/gu;

/** Where one practises who has no piano at hand; not how far from it somebody sits, nor "without a piano teacher". */
const AWAY = new RegExp(
  "(?<!\\b(?:far|farther|further|sit|sitting|lean|leaning|move) )\\b(?:without|away from|not at) (?:an?|the|my|any) " +
    "(?:piano|keyboard|instrument)\\b(?!['’]| (?:accompan|bench|lesson|part|player|score|stool|teacher|tutor))",
  "g",
);

/** What some words mean together that none of them says alone, as the library has it. */
const TERMS: readonly (readonly [pattern: RegExp, term: string])[] = [
  [/\bsight(?=read)/g, "sight-"],
  [AWAY, "mental practice"],
];

/** Whether a word is one of grammar, in lower case. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** The words of a text that say what it is about, in lower case; numbers are among them: "op. 10 no. 3". */
export function contentWords(text: string): string[] {
  const said = TERMS.reduce((left, [pattern, term]) => left.replace(pattern, term), text.toLowerCase());
  return (said.match(WORD) ?? [])
    .map((word) => word.replace(/['’]s?$/, ""))
    .filter((word) => (word.length > 1 || /\d/.test(word)) && !STOP_WORDS.has(word));
}
