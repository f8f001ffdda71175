import type { OnsetGroup } from "./onset-groups.ts";
import { findRunDeviations, type RunDeviation } from "./runs.ts";
import { joinStruckTogether } from "./struck-together.ts";

/** A note among others at the same distance, or multiples of it. */
export type RunningNote = {
  readonly time: number;
  /** Seconds by which it is out of step, on the scale of a standard deviation: of many notes, the median is taken. */
  readonly unevenness: number;
  /** Seconds from one of the running notes to the next, as played around here. */
  readonly step: number;
};

/** Scales a median absolute deviation to the standard deviation of a normal distribution. */
const MAD_TO_DEVIATION = 1.4826;
/** Most steps between a note and its neighbour. */
const LONGEST_NOTE = 4;

/**
 * How uneven each running note is: the mean of what it misses the curve through its neighbours by (`findRunDeviations`), and
 * of what it misses the line between the next two by. Rubato that bends too quickly for the curve still leaves a note
 * between its neighbours. Groups that hands strike loosely are one, or a note of the rhythm would be taken for two.
 */
export function findRunningNotes(groups: readonly OnsetGroup[]): RunningNote[] {
  const runs = findRunDeviations(joinStruckTogether(groups));
  return runs.slice(1, -1).flatMap((note, index) => {
    const between = missesLine(runs[index], note, runs[index + 2]);
    if (between === null) return [];
    const unevenness = (MAD_TO_DEVIATION * (Math.abs(note.deviation) + Math.abs(between))) / 2;
    return [{ time: note.time, unevenness, step: note.step }];
  });
}

/**
 * Seconds by which a note is later than the line through the two around it, scaled so that independent errors keep their
 * size; null where one of these isn't a whole number of steps away, up to four.
 */
function missesLine(before: RunDeviation, note: RunDeviation, after: RunDeviation): number | null {
  const since = Math.round((note.time - before.time) / note.step);
  const until = Math.round((after.time - note.time) / note.step);
  if (Math.min(since, until) < 1 || Math.max(since, until) > LONGEST_NOTE) return null;
  const share = since / (since + until);
  const expected = before.time + share * (after.time - before.time);
  return (note.time - expected) / Math.sqrt(1 + share * share + (1 - share) * (1 - share));
}
