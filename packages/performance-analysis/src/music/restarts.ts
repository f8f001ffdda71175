import { median } from "../signal/statistics.ts";
import type { Span } from "./levels.ts";
import type { OnsetGroup } from "./onset-groups.ts";

/** A place where playing broke off and what had just been played was begun again. */
export type Restart = Span & {
  /** Onsets in a row that were played again. */
  readonly repeated: number;
  readonly time: number;
};

/** A stop is a distance of onsets that is so many times the usual one around it, and at least so many seconds. */
const STOP_RATIO = 2.2;
const LEAST_STOP = 0.7;
/** Onset groups on each side from which the usual distance is taken. */
const NEIGHBOURS = 8;
/** Onset groups back to where one may begin again: two bars of quavers and a little. */
const FARTHEST = 20;
/** Onsets in a row that must come again, and the share of them that must be alike. */
const LEAST_REPEATED = 3;
const COMPARED = 8;
const ALIKE = 0.75;
/**
 * Part of the usual distance by which both the stop and the repetition must miss the beat: a phrase that the composer
 * repeats comes in time, one that is begun again after a stumble hardly ever.
 */
const OFF_BEAT = 0.2;
/** Most restarts that are listed. */
const MOST = 40;

/**
 * Finds restarts: a stop, then at least three onset groups with the pitches of those that led up to the stop, at a moment
 * that doesn't fit the beat, or after a remark. Without the score this is as near as one comes to hearing that a player broke
 * off.
 *
 * @param spoken where somebody speaks beside the playing, in seconds.
 */
export function findRestarts(groups: readonly OnsetGroup[], spoken: readonly Span[] = []): Restart[] {
  const found: Restart[] = [];
  let after = 0;
  for (let index = LEAST_REPEATED; index + LEAST_REPEATED <= groups.length; index += 1) {
    if (index < after || found.length === MOST) continue;
    const distance = groups[index].time - groups[index - 1].time;
    if (distance < LEAST_STOP) continue;
    const usual = usualDistance(groups, index);
    const isAfterRemark = liesBetween(spoken, groups[index - 1].time, groups[index].time);
    if (distance < STOP_RATIO * usual) continue;
    if (!isAfterRemark && !missesBeat(distance / usual)) continue;
    const restart = repetitionAt(groups, index, usual, isAfterRemark);
    if (restart !== null) {
      found.push(restart);
      after = index + restart.repeated;
    }
  }
  return found;
}

function usualDistance(groups: readonly OnsetGroup[], index: number): number {
  const distances: number[] = [];
  for (
    let other = Math.max(1, index - NEIGHBOURS);
    other < Math.min(groups.length, index + NEIGHBOURS);
    other += 1
  ) {
    if (other !== index) distances.push(groups[other].time - groups[other - 1].time);
  }
  return median(distances);
}

function repetitionAt(
  groups: readonly OnsetGroup[],
  index: number,
  usual: number,
  isAfterRemark: boolean,
): Restart | null {
  for (let begin = index - 2; begin >= Math.max(0, index - FARTHEST); begin -= 1) {
    const available = Math.min(index - begin, groups.length - index, COMPARED);
    if (available < LEAST_REPEATED) continue;
    let alike = 0;
    for (let step = 0; step < available; step += 1) {
      if (overlap(groups[begin + step], groups[index + step]) >= 0.5) alike += 1;
    }
    if (alike < LEAST_REPEATED || alike < ALIKE * available) continue;
    const shift = (groups[index].time - groups[begin].time) / usual;
    // Nobody keeps the beat while he speaks: what is begun again after a remark may fall on it by chance.
    if (isAfterRemark && cameBefore(groups, begin, index)) return null;
    if (!isAfterRemark && !missesBeat(shift)) continue;
    if (sameThroughout(groups, begin, index)) continue;
    return { start: groups[begin].time, end: groups[index].time, time: groups[index].time, repeated: alike };
  }
  return null;
}

function missesBeat(steps: number): boolean {
  return Math.abs(steps - Math.round(steps)) >= OFF_BEAT;
}

/** Whether the middle of one of the spans lies between two moments. */
function liesBetween(spans: readonly Span[], from: number, to: number): boolean {
  return spans.some(({ start, end }) => (start + end) / 2 > from && (start + end) / 2 < to);
}

/** Whether all groups are alike: repeated chords look like a repetition from everywhere. */
function sameThroughout(groups: readonly OnsetGroup[], begin: number, end: number): boolean {
  for (let index = begin + 1; index < end; index += 1) {
    if (overlap(groups[index], groups[begin]) < 0.5) return false;
  }
  return true;
}

/** Whether what was played from `begin` to `end` repeated what led up to it: a figure that goes on isn't begun again. */
function cameBefore(groups: readonly OnsetGroup[], begin: number, end: number): boolean {
  const length = end - begin;
  const compared = Math.min(length, begin);
  let alike = 0;
  for (let back = 1; back <= compared; back += 1) {
    if (overlap(groups[begin - back], groups[end - back]) >= 0.5) alike += 1;
  }
  return alike > 0 && alike >= ALIKE * length;
}

/** Pitches in common over all pitches of both (Jaccard index). */
function overlap(a: OnsetGroup, b: OnsetGroup): number {
  let common = 0;
  for (const note of a.notes) {
    if (b.notes.some(({ pitch }) => pitch === note.pitch)) common += 1;
  }
  return common / (a.notes.length + b.notes.length - common);
}
