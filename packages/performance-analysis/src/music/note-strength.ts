import { FRAME_RATE, WINDOW } from "../signal/frames.ts";
import { LISTENING_RATE } from "../signal/resample.ts";
import type { OnsetGroup } from "./onset-groups.ts";
import type { Onset } from "./onsets.ts";

/** Frames on each side that one onset reaches: an onset is known to about a frame. */
const REACH = 3;
/** Standard deviation of an onset's place, in frames. */
const DEVIATION = 1.2;
/** Seconds from a frame's first sample to the middle of its window: the moment its onset strength stands for. */
const CENTRE = WINDOW / LISTENING_RATE / 2;

/**
 * Onset strength as the recognised notes would give it, at the frames of the sound's own: a bell at every group of
 * notes, higher for more notes (by the square root) and for sure ones. Rooms and noise don't blur it.
 */
export function strengthOfNotes(groups: readonly OnsetGroup[], frames: number): Float32Array {
  const strength = new Float32Array(frames);
  for (const group of groups) {
    const place = (group.time - CENTRE) * FRAME_RATE;
    const height = accentOf(group);
    const first = Math.max(0, Math.ceil(place - REACH));
    const last = Math.min(frames - 1, Math.floor(place + REACH));
    for (let frame = first; frame <= last; frame += 1) {
      strength[frame] += height * Math.exp(-0.5 * ((frame - place) / DEVIATION) ** 2);
    }
  }
  return strength;
}

/** The groups as onsets, for following beats. */
export function onsetsOfNotes(groups: readonly OnsetGroup[]): Onset[] {
  return groups.map((group) => ({ time: group.time, strength: accentOf(group) }));
}

function accentOf({ notes }: OnsetGroup): number {
  let sum = 0;
  for (const { salience } of notes) sum += salience;
  return Math.sqrt(sum);
}
