import { clamp, median } from "../signal/statistics.ts";
import type { HeardNote } from "./note.ts";

/** Notes that were meant to begin together. */
export type OnsetGroup = {
  /** Onset of its highest note, in seconds. */
  readonly time: number;
  /** Ascending by pitch. */
  readonly notes: readonly HeardNote[];
  /** Seconds from the first to the last of its onsets. */
  readonly spread: number;
};

/**
 * Seconds between two onsets in a row up to which they are one chord. 35 ms is what trained hands leave between the notes
 * of a chord (Goebl 2001: melody leads of about 30 ms). In a slow texture a wider gap is still a chord, only a loose
 * one: up to 0.3 of the usual distance of onsets, at most 90 ms, where an arpeggio begins.
 */
const LEAST_TOLERANCE = 0.035;
const LARGEST_TOLERANCE = 0.09;
const TOLERANCE_SHARE = 0.3;
/** Onset groups on each side from which the usual distance is taken. */
const NEIGHBOURS = 8;
/** Most seconds from the first to the last note of a chord, as a multiple of the tolerance. */
const LARGEST_SPREAD = 2;

/**
 * Groups notes (ascending by onset) whose onsets lie so near to each other that they were meant together: first with
 * the tightest tolerance, then with one that follows the distances found around each place.
 */
export function groupOnsets(notes: readonly HeardNote[]): OnsetGroup[] {
  const tight = splitAt(notes, () => LEAST_TOLERANCE);
  if (tight.length < 3) return tight.map(toGroup);
  const starts = tight.map((group) => group[0].onset);
  const distances = starts.slice(1).map((start, index) => start - starts[index]);
  const tolerances = starts.map((_, index) => {
    const around = distances
      .slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS)
      .filter((distance) => distance > LARGEST_TOLERANCE);
    return around.length < 3
      ? LEAST_TOLERANCE
      : clamp(TOLERANCE_SHARE * median(around), LEAST_TOLERANCE, LARGEST_TOLERANCE);
  });
  let group = 0;
  return splitAt(notes, (onset) => {
    while (group + 1 < starts.length && starts[group + 1] <= onset) group += 1;
    return tolerances[group];
  }).map(toGroup);
}

function splitAt(notes: readonly HeardNote[], toleranceAt: (onset: number) => number): HeardNote[][] {
  const groups: HeardNote[][] = [];
  let current: HeardNote[] = [];
  let tolerance = LEAST_TOLERANCE;
  for (const note of notes) {
    const first = current.at(0);
    const last = current.at(-1);
    const joins =
      first !== undefined &&
      last !== undefined &&
      note.onset - last.onset <= tolerance &&
      note.onset - first.onset <= LARGEST_SPREAD * tolerance &&
      !current.some(({ pitch }) => pitch === note.pitch);
    if (joins) {
      current.push(note);
    } else {
      current = [note];
      tolerance = toleranceAt(note.onset);
      groups.push(current);
    }
  }
  return groups;
}

function toGroup(notes: HeardNote[]): OnsetGroup {
  const spread = notes[notes.length - 1].onset - notes[0].onset;
  const ascending = notes.sort((a, b) => a.pitch - b.pitch);
  return { time: ascending[ascending.length - 1].onset, notes: ascending, spread };
}

/** When the first key that lies one of so many semitones from each note's is struck after its group, in seconds, where one is. */
export function whenStruck(
  groups: readonly OnsetGroup[],
  semitones: readonly number[],
): ReadonlyMap<HeardNote, number> {
  const next = new Map<number, number>();
  const struck = new Map<HeardNote, number>();
  for (const { time, notes } of groups.toReversed()) {
    for (const note of notes) {
      const times = semitones.flatMap((semitone) => next.get(note.pitch + semitone) ?? []);
      if (times.length > 0) struck.set(note, Math.min(...times));
    }
    for (const { pitch } of notes) next.set(pitch, time);
  }
  return struck;
}
