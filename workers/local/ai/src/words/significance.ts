import type { WordVectors } from "./word-vectors.ts";

/** Nats from which on a word says something: below are "the", "how", "should". */
const INFORMATION_FLOOR = 5.5;

/** Nats of a word that isn't known at all, a number or a name: as much as a rare one. */
const UNKNOWN_INFORMATION = 13;

/** How much a word says of what a text is about, in nats; 0 for the most frequent words. */
export function significanceOf(general: WordVectors, word: number | undefined): number {
  const nats = word === undefined ? UNKNOWN_INFORMATION : general.informationOf(word);
  return Math.max(0, nats - INFORMATION_FLOOR);
}
