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
const MEMORY = 2.5;
/**
 * Seconds that a note may go on into a change without blurring it: string and room after the damper has fallen; longer for
 * the notes just before, which fingers may bind over.
 */
const TAIL = 0.25;
const BOUND_TAIL = 0.5;
/** Intervals (in semitones within the octave) that rub: minor and major second, and their inversions. */
const RUBBING = new Map([
  [1, 1],
  [11, 1],
  [2, 0.6],
  [10, 0.6],
]);
/** MIDI pitch from which strings have no dampers or die away so fast that nothing blurs; an octave below it counts half. */
const UNDAMPED = 89;

/** A note struck before a group of notes that it rubs against. */
type Rub = {
  readonly note: HeardNote;
  /** Over 0, at most 1. */
  readonly harshness: number;
  /** Whether it goes on sounding for longer than a damped string would. */
  readonly soundsOn: boolean;
};

/** How much of their harshness counts where a note of an earlier group meets a new one, 0 to 1. */
export type RubWeight = (old: HeardNote, fresh: HeardNote, struckWith: OnsetGroup) => number;

/**
 * Every group of notes with what rubs (a second, a seventh, a ninth) against it of the 2.5 s before, where anything does.
 */
export function findRubs(
  groups: readonly OnsetGroup[],
  weigh: RubWeight = () => 1,
): { readonly time: number; readonly rubs: readonly Rub[] }[] {
  let first = 0;
  return groups.flatMap((group, index) => {
    while (groups[first].time < group.time - MEMORY) first += 1;
    const rubs = groups.slice(first, index).flatMap((before, place) => {
      const tail = first + place === index - 1 ? BOUND_TAIL : TAIL;
      return before.notes.flatMap((note): Rub[] => {
        const harshness = harshnessOf(note, group, (old, fresh) => weigh(old, fresh, before));
        return harshness === 0 ? [] : [{ note, harshness, soundsOn: note.offset > group.time + tail }];
      });
    });
    return rubs.length === 0 ? [] : [{ time: group.time, rubs }];
  });
}

/**
 * How much of what rubs against each group goes on sounding. Weighted by how harsh the interval is and by register: low
 * strings blur, the top ones hardly. Notes that fingers alone hold on into the next are no blur.
 */
export function findHarmonyChanges(
  groups: readonly OnsetGroup[],
  touches: readonly Touch[],
): HarmonyChange[] {
  const held = new Set(touches.flatMap(({ note, joining }) => (joining === "sustained" ? [] : [note])));
  return findRubs(groups).map(({ time, rubs }) => {
    let rubbing = 0;
    let sounding = 0;
    for (const { note, harshness, soundsOn } of rubs) {
      rubbing += harshness;
      if (soundsOn && !held.has(note)) sounding += harshness;
    }
    return { time, blurred: sounding / rubbing };
  });
}

/** How harshly a note rubs against a group, 0 to 1: by interval and register; 0 where the group strikes it anew. */
function harshnessOf(
  old: HeardNote,
  group: OnsetGroup,
  weigh: (old: HeardNote, fresh: HeardNote) => number,
): number {
  let harshest = 0;
  for (const fresh of group.notes) {
    if (fresh.pitch === old.pitch) return 0;
    const harshness = RUBBING.get(Math.abs(fresh.pitch - old.pitch) % 12) ?? 0;
    harshest = Math.max(harshest, harshness * weigh(old, fresh));
  }
  return harshest * Math.min(1, Math.max(0, (UNDAMPED - old.pitch) / 24));
}
