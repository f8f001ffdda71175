import { editDistance } from "@crescendai/worker-kit/edit-distance";
import { isEnglish } from "./english.ts";
import { stemOf } from "./words.ts";

/** A word of the index, as it has it. */
export interface IndexedWord {
  readonly stem: string;
  /** Chunks that have it. */
  readonly chunks: number;
}

/** Letters of a word below which none is taken for a misspelling: too many others are like it. */
const SHORTEST_CORRECTED = 4;

/** Letters of a stem from which on it may be two edits away from what was meant. */
const TWO_EDITS_FROM = 7;

/** Edits that what sounds the same may be away in a word of any length. */
const EDITS_OF_THE_SAME_SOUND = 2;

/** Chunks that must have a word before another is taken for it: what is rare itself is seldom what was meant. */
const FEWEST_CHUNKS = 3;

/**
 * What is left of the certainty that a word is the one that was meant, for each letter that had to be changed: it may be a word
 * that the library just doesn't have. What sounds the same is as certain as if one letter had been.
 */
const CERTAINTY_AN_EDIT = 0.5;

/** What another sound counts beside the same, and another first letter beside the same, in edits. */
const OTHER_SOUND = 0.5;
const OTHER_FIRST_LETTER = 0.5;

/** Whether a word may be misspelt at all: long enough, and of letters. */
export function mayBeMisspelt(word: string): boolean {
  return word.length >= SHORTEST_CORRECTED && /^\p{L}+$/u.test(word);
}

/** The lengths of the stems that a misspelt stem may have been meant for. */
export function lengthsLike(stem: string): { readonly shortest: number; readonly longest: number } {
  return { shortest: stem.length - EDITS_OF_THE_SAME_SOUND, longest: stem.length + EDITS_OF_THE_SAME_SOUND };
}

/** First letters that may be left out because they aren't heard, or stand for the same sound, by the letter that is written. */
const OTHER_BEGINNINGS: Readonly<Record<string, readonly string[]>> = {
  c: ["k"],
  f: ["ph"],
  g: ["j"],
  j: ["g"],
  k: ["c", "q"],
  n: ["kn"],
  r: ["wr"],
  s: ["c", "ps"],
};

/**
 * What a word may begin with that was meant: hardly anybody gets the first letter wrong, but for one that isn't heard, sounds
 * like another, was left out or was swapped with the second.
 */
export function beginningsLike(stem: string): string[] {
  const [first = "", second = ""] = stem;
  return [...new Set([first, second, ...(OTHER_BEGINNINGS[first] ?? [])])].filter((letter) => letter !== "");
}

/** A word of the index that another may have been meant for, with how certain that is: 0…1. */
export interface MeantWord extends IndexedWord {
  readonly certainty: number;
}

/**
 * What a word that occurs nowhere may have been meant for: the nearest of the index's words, before others those that sound
 * the same and begin with the same letter, and of equally near ones the most frequent. Null if none is near enough.
 *
 * @param stem of the word that was written.
 */
export function nearestWord(stem: string, candidates: readonly IndexedWord[]): MeantWord | null {
  const edits = stem.length < TWO_EDITS_FROM ? 1 : 2;
  const sound = soundOf(stem);
  let best: MeantWord | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate.chunks < FEWEST_CHUNKS) continue;
    const isSameSound = soundOf(candidate.stem) === sound;
    const allowed = isSameSound ? EDITS_OF_THE_SAME_SOUND : edits;
    if (Math.abs(candidate.stem.length - stem.length) > allowed) continue;
    const distance = editDistance(stem, candidate.stem);
    if (distance > allowed) continue;
    const cost =
      distance + (isSameSound ? 0 : OTHER_SOUND) + (candidate.stem[0] === stem[0] ? 0 : OTHER_FIRST_LETTER);
    if (best === null || cost < least || (cost === least && candidate.chunks > best.chunks)) {
      best = { ...candidate, certainty: CERTAINTY_AN_EDIT ** (isSameSound ? 1 : distance) };
      least = cost;
    }
  }
  return best;
}

/**
 * What is left of a word's sound if vowels and silent letters are taken away and letters of the same sound made one: where
 * English is misspelt, that mostly stays, as the codes of Soundex (R. Russell, 1918) and Metaphone (L. Philips, 1990) have it.
 */
function soundOf(stem: string): string {
  return stem
    .replace(/ph/g, "f")
    .replace(/^(?:wr|rh)/, "r")
    .replace(/^kn/, "n")
    .replace(/ck|[kq]/g, "c")
    .replace(/z/g, "s")
    .replace(/[aeiouyhw]/g, "")
    .replace(/(.)\1+/g, "$1");
}

/** Endings of English words that a stem is left of. */
const ENDINGS = ["", "e", "s", "y", "es", "ed", "ing", "al", "ion", "ity", "ment"];

/**
 * A word that has this stem, because the index stems whatever it is asked for again: a word of English rather than another, and
 * the one most like what was written. Null if none comes to mind.
 */
export function wordWithStem(stem: string, written: string): string | null {
  const words = ENDINGS.map((ending) => stem + ending)
    // Porter writes an i for a last y.
    .concat(stem.replace(/i$/, "y"))
    .filter((word) => stemOf(word) === stem);
  const [nearest = null] = words.toSorted(
    (one, other) =>
      Number(isEnglish(other)) - Number(isEnglish(one)) ||
      editDistance(written, one) - editDistance(written, other),
  );
  return nearest;
}
