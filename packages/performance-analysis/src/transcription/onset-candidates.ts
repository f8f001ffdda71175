/** Where a key may have been struck: peaks of its onset posterior. */

import { KEYS } from "./kernel.ts";
import type { Posteriors } from "./posteriors.ts";

/** A moment at which a key may have been struck. */
export interface OnsetCandidate {
  /** 0 = A0 … 87 = C8. */
  readonly key: number;
  /** The frame of the posterior's peak. */
  readonly frame: number;
  /** From there to the top of the parabola through the peak and its neighbours, in frames: −½ … ½. */
  readonly apex: number;
}

/**
 * Least onset posterior, in 255ths, and least note posterior somewhere in the `LOOK_AHEAD` frames from there. Below them
 * lies one true onset in fifty (rendered pieces as through a telephone), and nine tenths of all peaks.
 */
const LEAST_ONSET = 40;
const LEAST_NOTE = 36;
/** Frames in which the note must show: 0.2 s. */
const LOOK_AHEAD = 16;

/** All candidates, key by key, each key's in the order of time. */
export function onsetCandidates(posteriors: Posteriors): OnsetCandidate[] {
  const found: OnsetCandidate[] = [];
  for (let key = 0; key < KEYS; key += 1) {
    const onsets = posteriors.onsetsOf(key);
    const notes = posteriors.notesOf(key);
    for (let frame = 0; frame < onsets.length; frame += 1) {
      const here = onsets[frame];
      if (here < LEAST_ONSET) continue;
      const before = frame > 0 ? onsets[frame - 1] : here - 1;
      const after = frame + 1 < onsets.length ? onsets[frame + 1] : here;
      if (here <= before || here < after) continue;
      if (!sounds(notes, frame)) continue;
      // The parabola's curvature is negative: the peak is higher than the one and no lower than the other.
      found.push({ key, frame, apex: (before - after) / (2 * (before - 2 * here + after)) });
    }
  }
  return found;
}

function sounds(notes: Uint8Array, from: number): boolean {
  const end = Math.min(notes.length, from + LOOK_AHEAD + 1);
  for (let frame = from; frame < end; frame += 1) if (notes[frame] >= LEAST_NOTE) return true;
  return false;
}
