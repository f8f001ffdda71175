/** Words that say nothing of what a text is about. */
const STOP_WORDS = new Set(
  `a about above actually after again all also always am an and any anybody anyone anything are as at be been before being
  below between both but by can can't cannot could couldn't did didn't do does doesn't doing don don't down during each else
  ever few for from further get give go got had has have having he her here hers him his how i i'd i'll i'm i've if in into
  is it its just know let like likely lets make many may me might more most much my need no nor not now of off on once one
  only or other our out over own please really same say see she should so some somebody someone something such take tell
  than that the their them then there these they thing things think this those through to too try under until up us use very
  want was way we well were what what's when where which while who why will with without would you your`.split(
    /\s+/,
  ),
);

/** Words that only say that somebody wants to get on, or what is to be told: "What needs the most attention?" */
const WORDS_OF_WORK = new Set(
  `address advice area areas aspect aspects attention avoid bad begin best better biggest concentrate dimension dimensions
  drill drills develop difficult easier easy effort energy exercise exercises first fix fixed fixing focus focusing good
  hard harder help improve improved improvement improvements improving issue issues lacking lowest main mainly mistake
  mistakes needed needs next part parts point points poor poorest practice practise practising practicing prioritise
  prioritize priorities priority problem problems score scores skill skills start starting strength strengths strong
  stronger strongest stop tackle tip tips urgent urgently weak weaker weakest weakness weaknesses work working worse worst
  wrong`.split(/\s+/),
);

/** Words that are said of anything at the piano, or of any talk about it. */
const COMMON_WORDS = new Set(
  `another coach describe different explain going hear heard hm hmm hold holding kind lot mean means music ok okay
  performance pianist piano piece play played playing put recommend recording show sort spend suggest suggestion thanks
  today tomorrow way ways week yes`.split(/\s+/),
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
  return contentWords(text).filter((word) => !isIn(WORDS_OF_WORK, word) && !isIn(COMMON_WORDS, word));
}

/** Words that tell little of what a text is about where it has others: a left hand may leap, or drown a melody. */
const GENERAL_WORDS = new Set("bar finger hand left note right".split(" "));

/** Those of some words that tell most of what a text is about: all, where none does. */
export function tellingWords(words: readonly string[]): string[] {
  const telling = words.filter((word) => !isIn(GENERAL_WORDS, word));
  return telling.length > 0 ? telling : [...words];
}

/** Whether a text has a word that says that somebody wants to get on. */
export function hasWordOfWork(text: string): boolean {
  return contentWords(text).some((word) => isIn(WORDS_OF_WORK, word));
}

/** Endings of English words, and what stands in their place in the word that they are added to. */
const ENDINGS: readonly (readonly [ending: string, instead: string])[] = [
  ["s", ""],
  ["es", ""],
  ["ed", ""],
  ["d", ""],
  ["ing", ""],
  ["ing", "e"],
  ["er", ""],
  ["r", ""],
  ["est", ""],
  ["ly", ""],
  ["ness", ""],
];

/** Letters that a word has, at least, without its ending. */
const LEAST_LETTERS = 3;

/** A word, and what it may be a form of: "slowly" of "slow". */
function formsOf(word: string): string[] {
  const bases = ENDINGS.filter(([ending]) => word.endsWith(ending)).map(
    ([ending, instead]) => word.slice(0, -ending.length) + instead,
  );
  return [word, ...bases.filter((base) => base.length >= LEAST_LETTERS)];
}

function isIn(words: ReadonlySet<string>, word: string): boolean {
  return formsOf(word).some((form) => words.has(form));
}

/** Words by which a text's language can be told, at least. */
const TELLING_WORDS = 4;

/** Words of grammar of the languages that players write most often besides English, which aren't English words as well. */
const FOREIGN_WORDS = new Set(
  `aber auf aus bei das dem den der ein eine einen für ich ist kann mein meine mir mit nicht oder sich sind und von wann
  warum wenn werden wie wo zu zum au aux avec ce ces cette comment dans des du elle est et il je la le les ma mes mon ne
  nous ou où par pas pour pourquoi quand que quel quelle qui sur un une vous como cómo con cuál cuando de del el ella en es
  esta este están hay los las mi mis muy más para pero por puedo qué se si sin su tengo una uno y yo anche che chi ciò cosa
  della di gli ho io lo mia mio nel nella non perché più quale quando sono sul aan dat een het hoe ik kan maar mijn niet van
  voor waarom zijn`.split(/\s+/),
);

/** Whether a text may be English: shorter ones always may. */
export function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const latin = words.filter((word) => /^\p{Script=Latin}+$/u.test(word));
  if (latin.length < words.length / 2) return false;
  const foreign = words.filter((word) => FOREIGN_WORDS.has(word)).length;
  return words.length < TELLING_WORDS || foreign <= words.filter((word) => STOP_WORDS.has(word)).length;
}

/** Letters that two longer words must share at their beginning to be forms of one: pedal, pedalling. */
const STEM_LETTERS = 5;

/** Letters by which two forms of one word are known. */
const FORM_LETTERS = 4;

/** Words that players and books use for the same. */
const SAME_WORDS: readonly (readonly string[])[] = [
  ["nervous", "nerves", "anxiety", "anxious"],
  ["fast", "faster", "speed", "velocity"],
  ["concert", "concerts", "performance", "recital", "stage"],
  ["jump", "jumps", "leap", "leaps"],
  ["ache", "aches", "hurt", "hurts", "hurting", "pain", "painful"],
  ["memorise", "memorize", "memorising", "memory", "heart"],
  ["uneven", "unevenness", "even", "evenly", "evenness"],
];

/** What else the same is called as one of some words, forms of the word itself left out. */
export function otherNames(words: readonly string[]): string[] {
  return SAME_WORDS.filter((group) => words.some((word) => group.includes(word)))
    .flat()
    .filter((name) => !words.some((word) => name.slice(0, FORM_LETTERS) === word.slice(0, FORM_LETTERS)));
}

function isSameWord(one: string, other: string): boolean {
  // American and British spellings: pedaling, pedalling.
  const [a, b] = [one.replaceAll("ll", "l"), other.replaceAll("ll", "l")];
  if (a === b || SAME_WORDS.some((group) => group.includes(one) && group.includes(other))) return true;
  if (formsOf(a).some((form) => formsOf(b).includes(form))) return true;
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
