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
 * Part of the usual distance by which a stop or a repetition misses the beat: a phrase that the composer repeats comes in
 * time, one that is begun again after a stumble seldom.
 */
const OFF_BEAT = 0.2;
/**
 * How many times as long as any other distance around, so many onset groups to each side, a stop is: a long note or a rest at
 * a phrase's end has its like at another one's. Without this, a phrase's end was taken for a stop in 18 of 2572 performances in
 * which nobody broke off; it was 0.5 to 1.4 times as long as the longest other distance.
 */
const LONGER = 2;
const AROUND = 40;
/** Most restarts that are listed. */
const MOST = 40;

/** A restart with the index of the group at which playing goes on. */
type Found = { readonly restart: Restart; readonly index: number };
/** Whether a stop and a repetition so many usual distances later can be a restart, by the beat. */
type BeatRule = (stop: number, shift: number) => boolean;
/** Indices of groups. */
type Indices = ReadonlySet<number>;

/**
 * Finds the restarts that can be told: a stop at least twice as long as any other distance around, then at least three onset
 * groups with the pitches of those that led up to the stop, where the stop or the repetition misses the beat; or such a
 * repetition after a remark. Where both miss the beat, other such stops may be as long: who breaks off once does so again. While
 * somebody speaks nothing is as long as the rhythm has it, so that these distances aren't compared with. Without the score this
 * is as near as one comes to hearing that a player broke off.
 *
 * @param spoken where somebody speaks beside the playing, in seconds.
 */
export function findRestarts(groups: readonly OnsetGroup[], spoken: readonly Span[] = []): Restart[] {
  const remarks = afterRemarks(groups, spoken);
  const surely = searchRestarts(groups, remarks, missesBoth).map(({ index }) => index);
  const stops = new Set([...remarks, ...surely]);
  const isLongStop = (index: number) =>
    isLongest(groups, index, remarks) || (stops.has(index) && isLongest(groups, index, stops));
  return listed(searchRestarts(groups, remarks, missesEither, isLongStop));
}

/**
 * Finds what may be a restart: the stop as well as the repetition miss the beat, but the stop may be as long as a note of the
 * rhythm. The model of listeners' ratings was fitted to these; what is told is `findRestarts`.
 *
 * @param spoken where somebody speaks beside the playing, in seconds.
 */
export function findPossibleRestarts(groups: readonly OnsetGroup[], spoken: readonly Span[] = []): Restart[] {
  return listed(searchRestarts(groups, afterRemarks(groups, spoken), missesBoth));
}

const missesEither: BeatRule = (stop, shift) => missesBeat(stop) || missesBeat(shift);
const missesBoth: BeatRule = (stop, shift) => missesBeat(stop) && missesBeat(shift);

function listed(found: readonly Found[]): Restart[] {
  return found.slice(0, MOST).map(({ restart }) => restart);
}

/**
 * Where a stop is followed by a repetition, by its beat.
 *
 * @param remarks the groups before which somebody speaks: there neither beat nor length is asked for.
 * @param isLongStop whether what is before a group is long enough, beside being a stop by the usual distance.
 */
function searchRestarts(
  groups: readonly OnsetGroup[],
  remarks: Indices,
  rule: BeatRule,
  isLongStop: (index: number) => boolean = () => true,
): Found[] {
  const found: Found[] = [];
  let after = 0;
  for (let index = LEAST_REPEATED; index + LEAST_REPEATED <= groups.length; index += 1) {
    if (index < after) continue;
    const distance = distanceBefore(groups, index);
    if (distance < LEAST_STOP) continue;
    const usual = usualDistance(groups, index);
    if (distance < STOP_RATIO * usual) continue;
    const isAfterRemark = remarks.has(index);
    if (!isAfterRemark && !isLongStop(index)) continue;
    const restart = repetitionAt(groups, index, usual, isAfterRemark ? null : rule);
    if (restart !== null) {
      found.push({ restart, index });
      after = index + restart.repeated;
    }
  }
  return found;
}

/** Whether the stop before a group is longer than what is around it, but for what is before the groups left out. */
function isLongest(groups: readonly OnsetGroup[], index: number, leftOut: Indices): boolean {
  const most = distanceBefore(groups, index) / LONGER;
  const last = Math.min(groups.length - 1, index + AROUND);
  for (let other = Math.max(1, index - AROUND); other <= last; other += 1) {
    if (other === index || leftOut.has(other)) continue;
    if (distanceBefore(groups, other) > most) return false;
  }
  return true;
}

/** Seconds from the group before to this one. */
function distanceBefore(groups: readonly OnsetGroup[], index: number): number {
  return groups[index].time - groups[index - 1].time;
}

/** The groups before which somebody speaks, after the one before. */
function afterRemarks(groups: readonly OnsetGroup[], spoken: readonly Span[]): Indices {
  const indices = groups.flatMap(({ time }, index) =>
    index > 0 && liesBetween(spoken, groups[index - 1].time, time) ? [index] : [],
  );
  return new Set(indices);
}

function usualDistance(groups: readonly OnsetGroup[], index: number): number {
  const distances: number[] = [];
  for (
    let other = Math.max(1, index - NEIGHBOURS);
    other < Math.min(groups.length, index + NEIGHBOURS);
    other += 1
  ) {
    if (other !== index) distances.push(distanceBefore(groups, other));
  }
  return median(distances);
}

/** @param rule null after a remark, where no beat is kept. */
function repetitionAt(
  groups: readonly OnsetGroup[],
  index: number,
  usual: number,
  rule: BeatRule | null,
): Restart | null {
  const stop = distanceBefore(groups, index) / usual;
  let nearest: number | null = null;
  for (let begin = index - 2; begin >= Math.max(0, index - FARTHEST); begin -= 1) {
    const available = Math.min(index - begin, groups.length - index, COMPARED);
    if (available < LEAST_REPEATED) continue;
    let alike = 0;
    for (let step = 0; step < available; step += 1) {
      if (overlap(groups[begin + step], groups[index + step]) >= 0.5) alike += 1;
    }
    if (alike < LEAST_REPEATED || alike < ALIKE * available) continue;
    // Nobody keeps the beat while he speaks: what is begun again after a remark may fall on it by chance.
    if (rule === null && cameBefore(groups, begin, index)) return null;
    if (sameThroughout(groups, begin, index)) continue;
    // Of music that repeats itself what was played last is begun again, whichever of its times misses the beat.
    nearest ??= begin;
    const shift = (groups[index].time - groups[begin].time) / usual;
    if (rule !== null && !rule(stop, shift)) continue;
    return {
      start: groups[nearest].time,
      end: groups[index].time,
      time: groups[index].time,
      repeated: alike,
    };
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
