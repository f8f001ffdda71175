import { powerToDecibel } from "../signal/decibel.ts";
import { FRAME_RATE } from "../signal/frames.ts";
import { quantile } from "../signal/statistics.ts";

/** A stretch of time, in seconds from the start of the recording. */
export type Span = { readonly start: number; readonly end: number };

/** Frames on each side over which the level for silence and sound is averaged: 35 ms in all, past a low string's ripple. */
const LEVEL_REACH = 1;
/** Seconds of the quietest stretch whose level is taken for the noise of room and microphone. */
export const NOISE_STRETCH = 0.3;
/** dB that a sound must rise above that noise to be heard in it. */
const ABOVE_NOISE = 6;
/** dB below the loud parts: nothing that is still music fades further (the piano has about 40 dB), … */
const LARGEST_DROP = 45;
/** … and nothing nearer counts as silence, however loud the room. */
const SMALLEST_DROP = 25;

export type Levels = {
  /** Level of each hop in dB relative to full scale (RMS). */
  readonly level: Float32Array;
  /** Level of the quietest 0.3 s. */
  readonly noiseFloor: number;
  /** Level that the loudest tenth of the sound exceeds. */
  readonly loud: number;
  /** Below this level there is silence. */
  readonly threshold: number;
  /** Stretches below the threshold, of any length. */
  readonly silences: readonly Span[];
};

/** Tells sound from silence by the level relative to the piece's loud parts and to the noise floor. */
export function measureLevels(power: Float32Array): Levels {
  const sums = prefixSums(power);
  const level = Float32Array.from(power, (_, hop) =>
    powerToDecibel(meanBetween(sums, hop - LEVEL_REACH, hop + LEVEL_REACH + 1)),
  );
  const noiseFloor = powerToDecibel(quietest(sums));
  const audible = level.filter((value) => value > -75);
  const loud = audible.length === 0 ? -75 : quantile(audible, 0.9);
  const threshold = Math.max(loud - LARGEST_DROP, Math.min(noiseFloor + ABOVE_NOISE, loud - SMALLEST_DROP));
  return { level, noiseFloor, loud, threshold, silences: silencesOf(level, threshold) };
}

/** Sums of the first n values, for n from 0 to their number. */
export function prefixSums(values: Float32Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let index = 0; index < values.length; index += 1) sums[index + 1] = sums[index] + values[index];
  return sums;
}

/** Mean of the values from index `from` up to but without `to`, as far as there are any; 0 for none. */
export function meanBetween(sums: Float64Array, from: number, to: number): number {
  const first = Math.max(0, Math.min(sums.length - 1, Math.round(from)));
  const last = Math.max(first, Math.min(sums.length - 1, Math.round(to)));
  return last === first ? 0 : (sums[last] - sums[first]) / (last - first);
}

/** The least mean of 0.3 s of a curve with a value a frame. */
export function quietestOf(values: Float32Array): number {
  return quietest(prefixSums(values));
}

function quietest(sums: Float64Array): number {
  const hops = sums.length - 1;
  const stretch = Math.min(hops, Math.round(NOISE_STRETCH * FRAME_RATE));
  let least = Number.POSITIVE_INFINITY;
  for (let first = 0; first + stretch <= hops; first += 1) {
    least = Math.min(least, (sums[first + stretch] - sums[first]) / stretch);
  }
  return least;
}

function silencesOf(level: Float32Array, threshold: number): Span[] {
  const silences: Span[] = [];
  let start = -1;
  for (let hop = 0; hop <= level.length; hop += 1) {
    const silent = hop < level.length && level[hop] < threshold;
    if (silent && start < 0) start = hop;
    if (!silent && start >= 0) {
      silences.push({ start: start / FRAME_RATE, end: hop / FRAME_RATE });
      start = -1;
    }
  }
  return silences;
}
