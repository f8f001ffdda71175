import { FRAME_RATE, WINDOW } from "../signal/frames.ts";
import { LISTENING_RATE } from "../signal/resample.ts";
import { movingMean, quantile } from "../signal/statistics.ts";

/** The beginning of a note or chord. */
export type Onset = {
  /** Seconds from the start of the recording. */
  readonly time: number;
  /** Onset strength at its peak, over its surroundings. */
  readonly strength: number;
};

/** Frames on each side over which a peak must be the largest: 23 ms (Dixon 2006 uses 30 ms). */
const PEAK_REACH = 2;
/** Frames on each side of the mean that a peak must rise above: 70 ms (Dixon 2006 uses 90 ms, and more before). */
const MEAN_REACH = 6;
/** A peak must rise this far above its surroundings, as a share of the piece's strong onsets (their 98th percentile). */
const RELATIVE_THRESHOLD = 0.08;
/** And never less than this, which a beating string and a quiet hiss don't reach. */
const ABSOLUTE_THRESHOLD = 0.015;
/** Least distance of two onsets in seconds: a quicker pair is one chord (Dixon 2006). */
const LEAST_DISTANCE = 0.04;
/**
 * Seconds from a frame's first sample to the onset that makes it peak: the flux is largest when the attack has
 * reached the window's middle from the right. Measured on synthetic notes.
 */
const PEAK_OFFSET = WINDOW / LISTENING_RATE / 2 - 0.003;

/** Picks the peaks of the onset strength (Dixon, DAFx 2006; Böck et al. 2012), in order of time. */
export function pickOnsets(strength: Float32Array): Onset[] {
  const surroundings = movingMean(strength, MEAN_REACH);
  const strong = strength.length === 0 ? 0 : quantile(strength, 0.98);
  const threshold = Math.max(ABSOLUTE_THRESHOLD, RELATIVE_THRESHOLD * strong);
  const onsets: Onset[] = [];
  for (let frame = 0; frame < strength.length; frame += 1) {
    const value = strength[frame];
    if (value < surroundings[frame] + threshold || !isPeak(strength, frame)) continue;
    const time = (frame + refinement(strength, frame)) / FRAME_RATE + PEAK_OFFSET;
    const previous = onsets.at(-1);
    if (previous === undefined || time - previous.time >= LEAST_DISTANCE) {
      onsets.push({ time, strength: value - surroundings[frame] });
    }
  }
  return onsets;
}

function isPeak(strength: Float32Array, frame: number): boolean {
  for (let other = Math.max(0, frame - PEAK_REACH); other <= frame + PEAK_REACH; other += 1) {
    if (other < frame && strength[other] >= strength[frame]) return false;
    if (other > frame && other < strength.length && strength[other] > strength[frame]) return false;
  }
  return true;
}

/** Where the top of a parabola through a peak and its neighbours lies, −0.5 to 0.5 frames from the peak. */
function refinement(strength: Float32Array, frame: number): number {
  const left = strength[frame - 1] ?? 0;
  const right = strength[frame + 1] ?? 0;
  const curvature = left - 2 * strength[frame] + right;
  return curvature < 0 ? (0.5 * (left - right)) / curvature : 0;
}
