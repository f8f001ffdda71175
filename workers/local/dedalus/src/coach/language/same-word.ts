import { stemmer } from "stemmer";
import { contentWords } from "./words.ts";

/** Adjectives: "faster" is a form of "fast", which rules of endings can't tell from "finger". */
const ADJECTIVES = new Set(
  `bad big bright clean clear close dark deep easy even fast free good great hard heavy high large late light long loud low
  near old poor quick rich short simple slow small smooth soft strong thin tight urgent warm weak wide young`.split(
    /\s+/,
  ),
);

/** The adjective that a form is made of: "easier" of "easy", "bigger" of "big", "slowly" of "slow"; else the word itself. */
function adjectiveIn(word: string): string {
  const base = /^(.+?)(?:er|est|ly)$/.exec(word)?.[1];
  if (base === undefined) return word;
  const candidates = [base, `${base}e`, base.replace(/i$/, "y"), base.replace(/(.)\1$/, "$1")];
  return candidates.find((candidate) => ADJECTIVES.has(candidate)) ?? word;
}

/**
 * What forms of one word have in common (M. F. Porter, An algorithm for suffix stripping, 1980), in British spelling as in
 * American: pedalling, pedaling, pedals. A fingering isn't what fingers do, nor an invention what is invented.
 */
export function stemOf(word: string): string {
  const own = /^(fingering|invention)s?$/.exec(word)?.[1];
  if (own !== undefined) return own;
  const american = adjectiveIn(word).replace(/(?<!v)is(e|ed|es|er|ing)$/, "iz$1");
  return stemmer(american);
}

/** Some words by their stems. */
export function stemsOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).map(stemOf));
}

/** Words that players and books use for the same. */
const SAME_WORDS: readonly (readonly string[])[] = [
  ["accuracy", "accurate", "wrong"],
  ["colour", "color"],
  ["concert", "performance", "recital", "stage"],
  ["even", "uneven"],
  ["fast", "speed", "velocity"],
  ["frustration", "frustrated"],
  ["fun", "interesting", "boring", "bored"],
  ["hurt", "ache", "pain", "painful"],
  ["jump", "leap"],
  ["loud", "fortissimo"],
  ["memorise", "memory", "heart", "forget"],
  ["nervous", "nerves", "anxiety", "anxious", "afraid", "fear", "fright"],
  ["pianissimo", "soft"],
  ["practise", "practice"],
  ["rhythm", "rhythmic"],
  ["shake", "tremble"],
  ["sing", "cantabile"],
  ["sit", "posture"],
  ["style", "stylistic"],
  ["swelling", "swollen"],
  ["tension", "tense", "stiff"],
  ["transpose", "transposition"],
  ["two", "2"],
  ["three", "3"],
  ["four", "4"],
  ["warmup", "warm"],
];

/** The first of the words that mean the same, by the stem of each. */
const CANONICAL: ReadonlyMap<string, string> = new Map(
  SAME_WORDS.flatMap(([first = "", ...others]) =>
    [first, ...others].map((word) => [stemOf(word), stemOf(first)]),
  ),
);

/** What a word and all that means the same have in common. */
function meaningOf(word: string): string {
  const stem = stemOf(word);
  return CANONICAL.get(stem) ?? stem;
}

/** All that is called the same as one of some words. */
export function otherNames(words: readonly string[]): string[] {
  const meanings = new Set(words.map(meaningOf));
  const groups = SAME_WORDS.filter(([first = ""]) => meanings.has(meaningOf(first)));
  return groups.flat().filter((name) => !words.includes(name));
}

/** Those of some words that occur in a text, in any form, or in another word for the same. */
export function wordsFound(words: readonly string[], text: string): string[] {
  const there = new Set(contentWords(text).map(meaningOf));
  return [...new Set(words)].filter((word) => there.has(meaningOf(word)));
}

/** How many of some words occur in a text. */
export function sharedWords(words: readonly string[], text: string): number {
  return wordsFound(words, text).length;
}
