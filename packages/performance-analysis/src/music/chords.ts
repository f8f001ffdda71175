import type { OnsetGroup } from "./onset-groups.ts";

/** How far the notes of one chord lie apart. */
export type ChordSpread = {
  readonly time: number;
  /** Seconds from the first to the last onset. */
  readonly spread: number;
  /** Whether it may be a piece of a quick scale: each note lies a step from the one before it, and later than in a chord. */
  readonly scalewise: boolean;
};

/** Semitones of a step, and seconds between two notes of a scale at least: half of what trained hands leave within a chord. */
const STEP = 2;
const LEAST_LATER = 0.018;

/**
 * Spread of every group of at least two notes. A partial taken for a note begins with the note it belongs to, so that it
 * makes a spread look smaller than it is, never larger.
 */
export function findChordSpreads(groups: readonly OnsetGroup[]): ChordSpread[] {
  return groups
    .filter(({ notes }) => notes.length >= 2)
    .map((group) => ({ time: group.time, spread: group.spread, scalewise: isScalewise(group) }));
}

/** Notes of a scale follow each other in less than a loose chord takes, among slower ones: then a group is no chord. */
function isScalewise({ notes }: OnsetGroup): boolean {
  const inTime = [...notes].sort((a, b) => a.onset - b.onset);
  return inTime.every((note, index) => {
    const before = inTime[index - 1];
    if (before === undefined) return true;
    return Math.abs(note.pitch - before.pitch) <= STEP && note.onset - before.onset >= LEAST_LATER;
  });
}
