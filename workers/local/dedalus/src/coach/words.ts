/** Words that say nothing of what a text is about. */
const STOP_WORDS = new Set(
  `a about above actually after again all also always am an and any are as at be been before being below between both but
  by can could did do does doing don down during each else ever few for from further get give go got had has have having
  he her here hers him his how i i'd i'll i'm i've if in into is it its just know let like likely lets make many may me
  might more most much my need no nor not now of off on once one only or other our out over own please really same say
  see she should so some such take tell than that the their them then there these they thing things think this those
  through to too try under until up us use very want was way we well were what what's when where which while who why
  will with without would you your`.split(/\s+/),
);

/** Words that only say that somebody wants to get on, or what is to be told: "What needs the most attention?" */
const WORDS_OF_WORK = new Set(
  `address advice area areas aspect aspects attention bad begin best better biggest concentrate dimension dimensions
  drill drills develop difficult easier easy exercise exercises first fix fixed fixing focus focusing good hard harder
  help improve improved improvement improvements improving issue issues lacking lowest main mainly mistake mistakes
  needed needs next part parts point points poor poorest practice practise practising practicing prioritise prioritize
  priorities priority problem problems score scores skill skills start starting strength strengths strong stronger
  strongest tackle tip tips urgent urgently weak weaker weakest weakness weaknesses work working worse worst wrong`.split(
    /\s+/,
  ),
);

/** Words that are said of anything at the piano, or of any talk about it. */
const COMMON_WORDS = new Set(
  `another coach describe different explain going hear heard hm hmm hold holding kind lot mean means music ok okay
  performance pianist piano piece play played playing recommend recording sort suggest suggestion thanks today way ways
  yes`.split(/\s+/),
);

/** The words of a text that say what it is about, in lower case. */
export function contentWords(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}[\p{L}'’-]*/gu) ?? [];
  return words
    .map((word) => word.replace(/['’]s?$/, ""))
    .filter((word) => word.length > 1 && !STOP_WORDS.has(word));
}

/** The same without the words that go with everything. */
export function topicWords(text: string): string[] {
  return contentWords(text).filter((word) => !WORDS_OF_WORK.has(word) && !COMMON_WORDS.has(word));
}

/** Whether a text has a word that says that somebody wants to get on. */
export function hasWordOfWork(text: string): boolean {
  return contentWords(text).some((word) => WORDS_OF_WORK.has(word));
}

/** Words by which a text's language can be told, at least, and the share of them that English texts have in words of grammar. */
const TELLING_WORDS = 4;
const ENGLISH_SHARE = 0.25;

/** Whether a text may be English: shorter ones always may. */
export function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const grammar = words.filter((word) => STOP_WORDS.has(word));
  return words.length < TELLING_WORDS || grammar.length >= ENGLISH_SHARE * words.length;
}

/** Letters that two longer words must share at their beginning to be forms of one: pedal, pedalling. */
const STEM_LETTERS = 5;

/** Words that players and books use for the same. */
const SAME_WORDS: readonly (readonly string[])[] = [
  ["nervous", "nerves", "anxiety", "anxious"],
  ["fast", "faster", "speed", "velocity"],
  ["ache", "aches", "hurt", "hurts", "hurting", "pain", "painful"],
  ["memorise", "memorize", "memorising", "memory"],
  ["uneven", "unevenness", "even", "evenly", "evenness"],
];

function isSameWord(one: string, other: string): boolean {
  // American and British spellings: pedaling, pedalling.
  const [a, b] = [one.replaceAll("ll", "l"), other.replaceAll("ll", "l")];
  if (a === b || SAME_WORDS.some((group) => group.includes(one) && group.includes(other))) return true;
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

/** Sentences of a text; lines are sentences of their own. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .flatMap((line) => line.split(/(?<=[.!?…][)"”’]*)\s+(?=["“(]?\p{Lu})/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
}
