import { FRAME_RATE, WINDOW } from "../signal/frames.ts";
import { LISTENING_RATE } from "../signal/resample.ts";
import type { Onset } from "./onsets.ts";

/** How strongly a beat is held to the period around it (Ellis 2007 and librosa: 100). */
const TIGHTNESS = 100;
/** An onset within this share of the period, but at most so many seconds, is on the beat. */
const ON_BEAT_SHARE = 0.15;
const ON_BEAT_SECONDS = 0.09;

/** A beat of the pulse, and whether a note began on it. */
export type Beat = { readonly time: number; readonly supported: boolean };

/**
 * Finds the beats by dynamic programming (Ellis, "Beat tracking by dynamic programming", JNMR 2007), with the period
 * of the tempogram at each frame, then moves each to the onset nearest to it. Only from the first onset to the last.
 */
export function trackBeats(prepared: Float32Array, period: Float32Array, onsets: readonly Onset[]): Beat[] {
  const frames = prepared.length;
  const scores = new Float64Array(frames);
  const origins = new Int32Array(frames).fill(-1);
  let longest = 1;
  for (const one of period) longest = Math.max(longest, one);
  const logarithms = Float64Array.from({ length: Math.ceil(2 * longest) + 2 }, (_, distance) =>
    Math.log(distance),
  );
  for (let frame = 0; frame < frames; frame += 1) {
    const expected = period[frame];
    const logarithm = Math.log(expected);
    let best = 0;
    const nearest = Math.round(expected / 2);
    const farthest = Math.min(frame, Math.round(expected * 2));
    for (let distance = nearest; distance <= farthest; distance += 1) {
      const deviation = logarithms[distance] - logarithm;
      const score = scores[frame - distance] - TIGHTNESS * deviation * deviation;
      if (score > best) {
        best = score;
        origins[frame] = frame - distance;
      }
    }
    scores[frame] = prepared[frame] + best;
  }
  return backtrace(scores, origins, period)
    .map((frame) => placeBeat(frame, period[frame], onsets))
    .filter((beat) => isWithin(beat, onsets));
}

function backtrace(scores: Float64Array, origins: Int32Array, period: Float32Array): number[] {
  const frames = scores.length;
  if (frames === 0) return [];
  let frame = frames - 1;
  // The best end lies within the last period.
  for (let other = frames - 1; other >= Math.max(0, frames - period[frames - 1]); other -= 1) {
    if (scores[other] > scores[frame]) frame = other;
  }
  const beats: number[] = [];
  while (frame >= 0) {
    beats.push(frame);
    frame = origins[frame];
  }
  return beats.reverse();
}

function placeBeat(frame: number, period: number, onsets: readonly Onset[]): Beat {
  const time = frame / FRAME_RATE + WINDOW / LISTENING_RATE / 2;
  const reach = Math.min(ON_BEAT_SECONDS, (ON_BEAT_SHARE * period) / FRAME_RATE);
  const nearest = nearestOnset(time, onsets);
  return nearest !== null && Math.abs(nearest.time - time) <= reach
    ? { time: nearest.time, supported: true }
    : { time, supported: false };
}

function nearestOnset(time: number, onsets: readonly Onset[]): Onset | null {
  let low = 0;
  let high = onsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (onsets[middle].time < time) low = middle + 1;
    else high = middle;
  }
  const after = onsets.at(low) ?? null;
  const before = low > 0 ? onsets[low - 1] : null;
  if (before === null || after === null) return before ?? after;
  return time - before.time < after.time - time ? before : after;
}

function isWithin(beat: Beat, onsets: readonly Onset[]): boolean {
  if (onsets.length === 0) return false;
  return beat.time >= onsets[0].time - 0.05 && beat.time <= onsets[onsets.length - 1].time + 0.05;
}
