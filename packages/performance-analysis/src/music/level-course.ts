import { quantile } from "../signal/statistics.ts";
import type { HeardNote } from "./note.ts";

/** How strongly the notes around an instant are struck. */
export type LevelPoint = {
  readonly time: number;
  /** dB, mean over the notes around. */
  readonly level: number;
};

/** Seconds from one point to the next, and on each side of it within which notes count: a bar or so, not a single accent. */
const STEP = 0.5;
const REACH = 1.25;
/** Fewest notes that make a point: the error of a single note's level is about 3 dB. */
const LEAST_NOTES = 4;
/** Fewest points, at half a second each, from which a range is read. */
const LEAST_POINTS = 6;

/** The course of how strongly notes are struck, whatever their number, length, and pedal. Notes in order of onset. */
export function followLevel(notes: readonly HeardNote[]): LevelPoint[] {
  const points: LevelPoint[] = [];
  const end = notes.at(-1)?.onset ?? 0;
  let first = 0;
  let last = 0;
  let sum = 0;
  for (let time = STEP; time < end; time += STEP) {
    while (last < notes.length && notes[last].onset <= time + REACH) {
      sum += notes[last].level;
      last += 1;
    }
    while (first < last && notes[first].onset < time - REACH) {
      sum -= notes[first].level;
      first += 1;
    }
    if (last - first >= LEAST_NOTES) points.push({ time, level: sum / (last - first) });
  }
  return points;
}

/** 95th minus 5th percentile of the course, in dB; null for less than three seconds of it. */
export function rangeOfCourse(points: readonly LevelPoint[]): number | null {
  if (points.length < LEAST_POINTS) return null;
  const levels = points.map(({ level }) => level);
  return quantile(levels, 0.95) - quantile(levels, 0.05);
}

/** 90th minus 10th percentile of the notes' own levels, in dB; null for fewer than eight notes. */
export function rangeOfNotes(notes: readonly HeardNote[]): number | null {
  if (notes.length < 8) return null;
  const levels = notes.map(({ level }) => level);
  return quantile(levels, 0.9) - quantile(levels, 0.1);
}
