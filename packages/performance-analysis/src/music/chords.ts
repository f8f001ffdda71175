import type { OnsetGroup } from "./onset-groups.ts";

/** How far the notes of one chord lie apart. */
export type ChordSpread = {
  readonly time: number;
  /** Seconds from the first to the last onset. */
  readonly spread: number;
};

/**
 * Spread of every group of at least two notes. A partial taken for a note begins with the note it belongs to, so that it
 * makes a spread look smaller than it is, never larger.
 */
export function findChordSpreads(groups: readonly OnsetGroup[]): ChordSpread[] {
  return groups.filter(({ notes }) => notes.length >= 2).map(({ time, spread }) => ({ time, spread }));
}
