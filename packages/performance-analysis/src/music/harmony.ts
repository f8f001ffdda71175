import type { HeardNote } from "./note.ts";
import type { OnsetGroup } from "./onset-groups.ts";
import type { Touch } from "./touch.ts";

/** A place where a new note rubs against what was played just before it. */
export type HarmonyChange = {
  readonly time: number;
  /** Part of the earlier notes that don't agree with the new ones and go on sounding, 0 to 1. */
  readonly blurred: number;
};

/** Seconds before a change from which notes can still sound if nothing damps them. */
export const MEMORY = 2.5;
/**
 * Seconds that a note may go on into a change without blurring it: string and room after the damper has fallen; longer for
 * the notes just before, which fingers may bind over.
 */
export const TAIL = 0.25;
export const BOUND_TAIL = 0.5;
/** Intervals (in semitones within the octave) that rub: minor and major second, and their inversions. */
const RUBBING = new Map([
  [1, 1],
  [11, 1],
  [2, 0.6],
  [10, 0.6],
]);
/** MIDI pitch from which strings have no dampers or die away so fast that nothing blurs; an octave below it counts half. */
const UNDAMPED = 89;

/**
 * Every group of notes that rubs (a second, a seventh, a ninth) against a note struck within 2.5 s before it, and how
 * much of what rubs goes on sounding for longer than a damped string would. Weighted by how harsh the interval is and
 * by register: low strings blur, the top ones hardly. Notes that fingers alone hold on into the next are no blur.
 */
export function findHarmonyChanges(
  groups: readonly OnsetGroup[],
  touches: readonly Touch[],
): HarmonyChange[] {
  const changes: HarmonyChange[] = [];
  const held = new Set(touches.flatMap(({ note, joining }) => (joining === "sustained" ? [] : [note])));
  let first = 0;
  groups.forEach((group, index) => {
    while (groups[first].time < group.time - MEMORY) first += 1;
    let rubbing = 0;
    let sounding = 0;
    for (let earlier = first; earlier < index; earlier += 1) {
      for (const old of groups[earlier].notes) {
        const harshness = harshnessOf(old, group);
        if (harshness === 0) continue;
        rubbing += harshness;
        const tail = earlier === index - 1 ? BOUND_TAIL : TAIL;
        if (!held.has(old) && old.offset > group.time + tail) sounding += harshness;
      }
    }
    if (rubbing > 0) changes.push({ time: group.time, blurred: sounding / rubbing });
  });
  return changes;
}

/** How harshly a note rubs against a group, 0 to 1: by interval and register; 0 where the group strikes it anew. */
export function harshnessOf(old: HeardNote, group: OnsetGroup): number {
  let harshest = 0;
  for (const { pitch } of group.notes) {
    if (pitch === old.pitch) return 0;
    harshest = Math.max(harshest, RUBBING.get(Math.abs(pitch - old.pitch) % 12) ?? 0);
  }
  return harshest * Math.min(1, Math.max(0, (UNDAMPED - old.pitch) / 24));
}
