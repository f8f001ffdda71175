/** What the onset network is told of a candidate: posteriors and levels around it, of its key and of the related ones. */

import { KEYS } from "./kernel.ts";
import type { OnsetCandidate } from "./onset-candidates.ts";
import { LEVEL_STEPS, POSTERIOR_SCALE, type Posteriors, SEMITONES } from "./posteriors.ts";

/** Frames, relative to the candidate's, at which the key itself is looked at. */
const OWN_ONSET_FRAMES = [-8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8] as const;
const OWN_FRAMES = [-12, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 12, 16] as const;

/** Related keys, in semitones: those of which it may be a partial, its own partials, its neighbours. */
const RELATED = [
  -36, -31, -28, -24, -19, -16, -12, -7, -5, -2, -1, 1, 2, 5, 7, 12, 16, 19, 24, 28, 31, 36,
] as const;
const RELATED_LEVEL_FRAMES = [-4, 2, 6] as const;

/** Partials looked at more closely, in semitones. */
const PARTIALS = [12, 19, 24, 28] as const;
const PARTIAL_FRAMES = [-8, -2, 0, 1, 4, 10] as const;

/** Numbers the network is told: the lists above, five posteriors of each related key, register and apex. */
export const ONSET_INPUTS =
  OWN_ONSET_FRAMES.length +
  2 * OWN_FRAMES.length +
  RELATED.length * (5 + RELATED_LEVEL_FRAMES.length) +
  PARTIALS.length * PARTIAL_FRAMES.length +
  2;

/** Levels are told relative to the loudest semitone within half a second to either side, of 43 frames. */
const REFERENCE_REACH = 43;
/** Levels lower than 60 dB under it are told as that; the unit is 20 dB. */
const DEEPEST = -60 * LEVEL_STEPS;
const LEVEL_UNIT = 20 * LEVEL_STEPS;

/** Tells the network's inputs of any candidate of a recording. */
export interface OnsetInputs {
  /** Writes `ONSET_INPUTS` numbers, all within about ±3, to `target` from `at` on. */
  write(candidate: OnsetCandidate, target: Float32Array, at: number): void;
}

/** Prepares the inputs of a recording. Beyond its ends it is taken to go on as in its first and last frame. */
export function createOnsetInputs(posteriors: Posteriors): OnsetInputs {
  const keys = Array.from({ length: KEYS }, (_, key) => key);
  const notes = keys.map((key) => posteriors.notesOf(key));
  const onsets = keys.map((key) => posteriors.onsetsOf(key));
  const levels = Array.from({ length: SEMITONES }, (_, semitone) => posteriors.levelsOf(semitone));
  const reference = loudestAround(levels, posteriors.frameCount);
  const silent = new Uint8Array(posteriors.frameCount);
  const last = posteriors.frameCount - 1;

  const clamped = (frame: number) => Math.min(last, Math.max(0, frame));
  const levelsOf = (semitone: number) => levels[Math.min(SEMITONES - 1, Math.max(0, semitone))];

  function highest(curve: Uint8Array, from: number, to: number): number {
    let most = 0;
    for (let frame = clamped(from); frame <= clamped(to); frame += 1) most = Math.max(most, curve[frame]);
    return most / POSTERIOR_SCALE;
  }

  function average(curve: Uint8Array, from: number, to: number): number {
    let sum = 0;
    for (let frame = from; frame <= to; frame += 1) sum += curve[clamped(frame)];
    return sum / (to - from + 1) / POSTERIOR_SCALE;
  }

  return {
    write({ key, frame, apex }, target, start) {
      let at = start;
      const loudest = reference[frame];
      const add = (value: number) => {
        target[at] = value;
        at += 1;
      };
      const addLevel = (curve: Uint8Array, offset: number) =>
        add(Math.max(curve[clamped(frame + offset)] - loudest, DEEPEST) / LEVEL_UNIT);

      for (const offset of OWN_ONSET_FRAMES) add(onsets[key][clamped(frame + offset)] / POSTERIOR_SCALE);
      for (const offset of OWN_FRAMES) add(notes[key][clamped(frame + offset)] / POSTERIOR_SCALE);
      for (const offset of OWN_FRAMES) addLevel(levels[key], offset);
      for (const semitones of RELATED) {
        const other = key + semitones;
        const otherOnsets = onsets[other] ?? silent;
        const otherNotes = notes[other] ?? silent;
        add(highest(otherOnsets, frame - 2, frame + 2));
        add(highest(otherOnsets, frame - 10, frame - 3));
        add(highest(otherOnsets, frame + 3, frame + 8));
        add(average(otherNotes, frame - 7, frame - 3));
        add(average(otherNotes, frame + 1, frame + 6));
        for (const offset of RELATED_LEVEL_FRAMES) addLevel(levelsOf(other), offset);
      }
      for (const semitones of PARTIALS)
        for (const offset of PARTIAL_FRAMES) addLevel(levelsOf(key + semitones), offset);
      add(key / KEYS);
      add(apex);
    },
  };
}

/** The highest level of any semitone from `REFERENCE_REACH` frames before each frame to as many after it. */
function loudestAround(levels: readonly Uint8Array[], frameCount: number): Uint8Array {
  const loudest = new Uint8Array(frameCount);
  for (const curve of levels)
    for (let frame = 0; frame < frameCount; frame += 1)
      if (curve[frame] > loudest[frame]) loudest[frame] = curve[frame];
  const around = new Uint8Array(frameCount);
  for (let frame = 0; frame < frameCount; frame += 1) {
    const end = Math.min(frameCount, frame + REFERENCE_REACH + 1);
    let most = 0;
    for (let other = Math.max(0, frame - REFERENCE_REACH); other < end; other += 1)
      if (loudest[other] > most) most = loudest[other];
    around[frame] = most;
  }
  return around;
}
