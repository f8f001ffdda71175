/** Where a key may have been struck: peaks of its onset posterior. */

import { KEYS } from "./kernel.ts";
import { POSTERIOR_SCALE, type Posteriors } from "./posteriors.ts";

/** A moment at which a key may have been struck. */
export interface OnsetCandidate {
  /** 0 = A0 … 87 = C8. */
  readonly key: number;
  /** The frame of the posterior's peak. */
  readonly frame: number;
  /** From there to the top of the parabola through the peak and its neighbours, in frames: −½ … ½. */
  readonly apex: number;
  /** The highest note posterior of its key in the 0.2 s from there, 0 … 255. */
  readonly note: number;
}

/**
 * Least o³ · n of a candidate's onset posterior o and the highest note posterior n in the `LOOK_AHEAD` frames from there, both
 * 0 to 1. The exponents are those of a logistic regression of "is an onset" on the two logarithms (rendered pieces, half of
 * them as through a telephone). Below lies one true onset in a hundred (clean) or twenty (telephone) and nineteen twentieths
 * of all peaks.
 */
const LEAST_EVIDENCE = 0.0027;
/** A lower peak isn't looked at, in 255ths: with it o³ · n can't reach the least. */
const LEAST_ONSET = Math.ceil(POSTERIOR_SCALE * Math.cbrt(LEAST_EVIDENCE));
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
      const note = highestFrom(notes, frame);
      if ((here / POSTERIOR_SCALE) ** 3 * (note / POSTERIOR_SCALE) < LEAST_EVIDENCE) continue;
      // The parabola's curvature is negative: the peak is higher than the one and no lower than the other.
      found.push({ key, frame, apex: (before - after) / (2 * (before - 2 * here + after)), note });
    }
  }
  return found;
}

function highestFrom(curve: Uint8Array, from: number): number {
  const end = Math.min(curve.length, from + LOOK_AHEAD + 1);
  let most = 0;
  for (let frame = from; frame < end; frame += 1) if (curve[frame] > most) most = curve[frame];
  return most;
}
