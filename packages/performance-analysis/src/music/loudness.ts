import { powerToDecibel, SILENCE_DB } from "../signal/decibel.ts";
import { FRAME_RATE } from "../signal/frames.ts";
import { movingMean, quantile, sortedQuantile } from "../signal/statistics.ts";
import { type Levels, meanBetween, prefixSums, type Span } from "./levels.ts";

/** Seconds from one loudness value to the next (EBU Tech 3341 asks for at least 10 a second). */
export const LOUDNESS_STEP = 0.1;
/** Seconds over which loudness is measured: "momentary" in EBU Tech 3341. */
const MOMENTARY = 0.4;
/** Seconds that the loudest and the softest passage last: about a bar. */
const PASSAGE = 3;

export type Loudness = {
  /** Momentary loudness in dB relative to full scale; value k belongs to (k + ½) · 0.1 s. */
  readonly momentary: Float32Array;
  /** Whether anything sounds in that tenth of a second. */
  readonly sounding: Uint8Array;
  /** Mean (of the power) over the sounding parts; null where nothing sounds. */
  readonly mean: number | null;
  /** 95th minus 10th percentile of the momentary loudness of the sounding parts, in dB. */
  readonly range: number | null;
  readonly loudest: (Span & { readonly loudness: number }) | null;
  readonly softest: (Span & { readonly loudness: number }) | null;
};

/** Measures loudness with K-weighting (ITU-R BS.1770-5; without the −0.691 dB that is for several channels). */
export function measureLoudness(weighted: Float32Array, levels: Levels): Loudness {
  const sums = prefixSums(weighted);
  const steps = Math.ceil(weighted.length / FRAME_RATE / LOUDNESS_STEP);
  const momentary = new Float32Array(steps);
  const sounding = new Uint8Array(steps);
  for (let step = 0; step < steps; step += 1) {
    const centre = (step + 0.5) * LOUDNESS_STEP;
    const from = (centre - MOMENTARY / 2) * FRAME_RATE;
    momentary[step] = powerToDecibel(meanBetween(sums, from, from + MOMENTARY * FRAME_RATE));
    const hop = Math.min(levels.level.length - 1, Math.floor(centre * FRAME_RATE));
    sounding[step] = levels.level[hop] >= levels.threshold ? 1 : 0;
  }
  const heard = momentary.filter((_, step) => sounding[step] === 1).sort();
  const passages = soundingPassages(sums, sounding);
  return {
    momentary,
    sounding,
    mean: heard.length === 0 ? null : meanSounding(sums, sounding, 0, steps * LOUDNESS_STEP),
    range: heard.length === 0 ? null : percentileRange(Float64Array.from(heard)),
    loudest: passages.reduce<Loudness["loudest"]>(
      (a, b) => (a === null || b.loudness > a.loudness ? b : a),
      null,
    ),
    softest: passages.reduce<Loudness["softest"]>(
      (a, b) => (a === null || b.loudness < a.loudness ? b : a),
      null,
    ),
  };
}

function percentileRange(sorted: Float64Array): number {
  return sortedQuantile(sorted, 0.95) - sortedQuantile(sorted, 0.1);
}

function soundingPassages(sums: Float64Array, sounding: Uint8Array) {
  const length = Math.round(PASSAGE / LOUDNESS_STEP);
  const passages: (Span & { loudness: number })[] = [];
  let silent = 0;
  for (let step = 0; step < sounding.length; step += 1) {
    silent += 1 - sounding[step];
    if (step >= length) silent -= 1 - sounding[step - length];
    // A tenth of it may be breath between notes; a passage with a pause in it isn't a soft passage.
    if (step + 1 < length || silent > length / 10) continue;
    const end = (step + 1) * LOUDNESS_STEP;
    const loudness = powerToDecibel(meanBetween(sums, (end - PASSAGE) * FRAME_RATE, end * FRAME_RATE));
    passages.push({ start: end - PASSAGE, end, loudness });
  }
  return passages;
}

/** Mean loudness in dB of the sounding tenths of a second between two instants; null where nothing sounds. */
export function meanSounding(
  sums: Float64Array,
  sounding: Uint8Array,
  start: number,
  end: number,
): number | null {
  let total = 0;
  let count = 0;
  const last = Math.min(sounding.length, Math.round(end / LOUDNESS_STEP));
  for (let step = Math.round(start / LOUDNESS_STEP); step < last; step += 1) {
    if (sounding[step] === 0) continue;
    total += meanBetween(sums, step * LOUDNESS_STEP * FRAME_RATE, (step + 1) * LOUDNESS_STEP * FRAME_RATE);
    count += 1;
  }
  return count === 0 ? null : powerToDecibel(total / count);
}

/** Seconds on each side over which the envelope takes the loudness of the notes rather than of their decay. */
const ENVELOPE_REACH = 0.7;
/** Steps on each side that the envelope is averaged over afterwards: 0.9 s, as percentiles move in steps. */
const SMOOTHING_REACH = 4;
/** Share of the values around that lie below the envelope. */
const ENVELOPE_QUANTILE = 0.75;

/** How loud the notes are over time, without their decay: a running 75th percentile over 1.5 s of sounding steps. */
export function loudnessEnvelope(loudness: Loudness, from: number, to: number): Float32Array {
  const reach = Math.round(ENVELOPE_REACH / LOUDNESS_STEP);
  const envelope = new Float32Array(to - from);
  for (let step = from; step < to; step += 1) {
    const around = loudness.momentary.subarray(Math.max(from, step - reach), Math.min(to, step + reach + 1));
    envelope[step - from] = around.length === 0 ? SILENCE_DB : quantile(around, ENVELOPE_QUANTILE);
  }
  return movingMean(envelope, SMOOTHING_REACH);
}
