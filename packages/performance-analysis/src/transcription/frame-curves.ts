/** What happens in a recording frame by frame and over its length, all keys together: what an onset is compared with. */

import { KEYS } from "./kernel.ts";
import { POSTERIOR_SCALE, type Posteriors, SEMITONES } from "./posteriors.ts";

/** Curves of a recording. */
export interface FrameCurves {
  /** Highest level of any semitone within half a second of each frame, in the posteriors' steps. */
  readonly loudest: Uint8Array;
  /** By how much the levels rise from the frame before to the frame after: mean over semitones of the rises, in steps. */
  readonly rise: Float32Array;
  /** The highest onset posterior of any key, 0 … 1. */
  readonly highestOnset: Float32Array;
  /** The sum of all keys' onset posteriors: about how many keys are struck. */
  readonly onsetSum: Float32Array;
  /** Levels of each semitone that it is under for a tenth and for nine tenths of the recording, in steps. */
  readonly quiet: Uint8Array;
  readonly loud: Uint8Array;
}

/** Half a second to either side, in frames. */
const REACH = 43;
/** Parts of the recording in which a semitone is quieter than `quiet` and than `loud`. */
const QUIET_PART = 0.1;
const LOUD_PART = 0.9;

/** Works the curves of a recording out; beyond its ends it is taken to go on as in its first and last frame. */
export function frameCurves(posteriors: Posteriors): FrameCurves {
  const { frameCount } = posteriors;
  const highest = new Uint8Array(frameCount);
  const rise = new Float32Array(frameCount);
  const quiet = new Uint8Array(SEMITONES);
  const loud = new Uint8Array(SEMITONES);
  for (let semitone = 0; semitone < SEMITONES; semitone += 1) {
    const levels = posteriors.levelsOf(semitone);
    addLevels(levels, highest, rise);
    const counts = countLevels(levels);
    quiet[semitone] = quantile(counts, QUIET_PART * frameCount);
    loud[semitone] = quantile(counts, LOUD_PART * frameCount);
  }
  const highestOnset = new Float32Array(frameCount);
  const onsetSum = new Float32Array(frameCount);
  for (let key = 0; key < KEYS; key += 1) addOnsets(posteriors.onsetsOf(key), highestOnset, onsetSum);
  return { loudest: highestAround(highest), rise, highestOnset, onsetSum, quiet, loud };
}

/** Takes a semitone's levels into the curves of all: functions of their own, so that V8 compiles them once, not in mid-loop. */
function addLevels(levels: Uint8Array, highest: Uint8Array, rise: Float32Array): void {
  const last = levels.length - 1;
  for (let frame = 0; frame <= last; frame += 1) {
    if (levels[frame] > highest[frame]) highest[frame] = levels[frame];
    const before = levels[Math.max(0, frame - 1)];
    const after = levels[Math.min(last, frame + 1)];
    if (after > before) rise[frame] += (after - before) / SEMITONES;
  }
}

function addOnsets(onsets: Uint8Array, highestOnset: Float32Array, onsetSum: Float32Array): void {
  for (let frame = 0; frame < onsets.length; frame += 1) {
    const onset = onsets[frame] / POSTERIOR_SCALE;
    if (onset > highestOnset[frame]) highestOnset[frame] = onset;
    onsetSum[frame] += onset;
  }
}

function highestAround(curve: Uint8Array): Uint8Array {
  const around = new Uint8Array(curve.length);
  for (let frame = 0; frame < curve.length; frame += 1) {
    const end = Math.min(curve.length, frame + REACH + 1);
    let most = 0;
    for (let other = Math.max(0, frame - REACH); other < end; other += 1)
      if (curve[other] > most) most = curve[other];
    around[frame] = most;
  }
  return around;
}

/** In how many frames a semitone has each level. */
function countLevels(levels: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  for (let frame = 0; frame < levels.length; frame += 1) counts[levels[frame]] += 1;
  return counts;
}

/** The level that it is under in so many frames. */
function quantile(counts: Uint32Array, frames: number): number {
  let left = Math.floor(frames);
  for (let level = 0; level < counts.length; level += 1) {
    left -= counts[level];
    if (left < 0) return level;
  }
  return 0;
}
