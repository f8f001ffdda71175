import { editDistance } from "@crescendai/worker-kit/edit-distance";
import { stemOf } from "./words.ts";

/** A word of the index, as it has it. */
export interface IndexedWord {
  readonly stem: string;
  /** Chunks that have it. */
  readonly chunks: number;
}

/** Letters of a word below which none is taken for a misspelling: too many others are like it. */
const SHORTEST_CORRECTED = 5;

/** Letters of a stem from which on it may be two edits away from what was meant. */
const TWO_EDITS_FROM = 7;

/** Chunks that must have a word before another is taken for it: what is rare itself is seldom what was meant. */
const FEWEST_CHUNKS = 3;

/** How many letters may be wrong in a word. */
export function editsAllowed(word: string, stem: string): number {
  if (word.length < SHORTEST_CORRECTED || !/^\p{L}+$/u.test(word)) return 0;
  return stem.length < TWO_EDITS_FROM ? 1 : 2;
}

/**
 * What a word that occurs nowhere may have been meant for: the nearest of the index's words, of equally near ones the
 * most frequent. Null if none is near enough.
 *
 * @param stem of the word that was written.
 * @param edits how far away it may be.
 */
export function nearestWord(
  stem: string,
  edits: number,
  candidates: readonly IndexedWord[],
): IndexedWord | null {
  let best: IndexedWord | null = null;
  let bestDistance = edits;
  for (const candidate of candidates) {
    if (candidate.chunks < FEWEST_CHUNKS) continue;
    if (Math.abs(candidate.stem.length - stem.length) > bestDistance) continue;
    const distance = editDistance(stem, candidate.stem);
    if (distance > bestDistance) continue;
    if (best === null || distance < bestDistance || candidate.chunks > best.chunks) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Endings of English words that a stem is left of. */
const ENDINGS = ["", "e", "s", "y", "es", "ed", "ing", "al", "ion", "ity"];

/**
 * A word that has this stem, because the index stems whatever it is asked for again: the one most like the word that was
 * written. Null if none comes to mind.
 */
export function wordWithStem(stem: string, written: string): string | null {
  const words = ENDINGS.map((ending) => stem + ending)
    // Porter writes an i for a last y.
    .concat(stem.replace(/i$/, "y"))
    .filter((word) => stemOf(word) === stem);
  const [nearest = null] = words.toSorted(
    (one, other) => editDistance(written, one) - editDistance(written, other),
  );
  return nearest;
}
