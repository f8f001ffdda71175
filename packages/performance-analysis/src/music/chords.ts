import type { OnsetGroup } from "./onset-groups.ts";

/** How far the notes of one chord lie apart. */
export type ChordSpread = {
  readonly time: number;
  /** Seconds from the first to the last onset. */
  readonly spread: number;
};

/** Semitones from one note of a scale to the next, at most. */
const STEP = 2;
/** Seconds from one to the next, at least: half of what trained hands leave within a chord (Goebl 2001: 35 ms). */
const LEAST_DISTANCE = 0.018;

/** Spread of every chord: of what may be one, but for pieces of quick scales. */
export function findChordSpreads(groups: readonly OnsetGroup[]): ChordSpread[] {
  return findPossibleChordSpreads(groups.filter((group) => !isScale(group)));
}

/**
 * Spread of all that may be a chord: every group of at least two notes. A partial taken for a note begins with the note it
 * belongs to, so that it makes a spread look smaller than it is, never larger. The model of listeners' ratings was fitted to
 * these; what is told and scored is `findChordSpreads`.
 */
export function findPossibleChordSpreads(groups: readonly OnsetGroup[]): ChordSpread[] {
  return groups.filter(({ notes }) => notes.length >= 2).map(({ time, spread }) => ({ time, spread }));
}

/** Notes of a scale follow each other in less than a loose chord takes, among slower ones: then a group is no chord. */
function isScale({ notes }: OnsetGroup): boolean {
  const inTime = [...notes].sort((a, b) => a.onset - b.onset);
  return inTime.every((note, index) => {
    const before = inTime[index - 1];
    if (before === undefined) return true;
    return Math.abs(note.pitch - before.pitch) <= STEP && note.onset - before.onset >= LEAST_DISTANCE;
  });
}
