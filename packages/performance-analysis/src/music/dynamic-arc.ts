import { fitRamp } from "../signal/ramp.ts";
import { clamp } from "../signal/statistics.ts";
import type { Span } from "./levels.ts";
import { LOUDNESS_STEP, type Loudness, loudnessEnvelope } from "./loudness.ts";
import type { Onset } from "./onsets.ts";

/** A rise (positive) or fall of loudness. */
export type DynamicChange = Span & { readonly change: number };

/**
 * dB by which loudness must turn back before it counts as turning: 0.3 of the recording's dynamic range, within
 * bounds. Under 1.5 dB is the unevenness of neighbouring notes; 4 dB is a step between two dynamic marks.
 */
const TURN_SHARE = 0.3;
const LEAST_TURN = 1.5;
const LARGEST_TURN = 4;
/** Least length in seconds: what is quicker is an accent, or one chord that dies away. */
const LEAST_LENGTH = 2;
/** Fewer notes than this can't carry a crescendo or diminuendo; one chord dying away isn't one. */
const LEAST_ONSETS = 4;
/** Share of the loudness' variance that a straight rise or fall must explain to be called one. */
const LEAST_EXPLAINED = 0.5;
/** Most changes that are kept, the largest ones. */
const MOST_CHANGES = 60;

/**
 * Divides the loudness into rises and falls: turning points that are at least 1.5 to 4 dB apart, then between each pair of
 * them the ramp that fits best, so that a level stretch before or after isn't counted in. In order of time.
 */
export function findDynamicArc(
  loudness: Loudness,
  pauses: readonly Span[],
  onsets: readonly Onset[],
): DynamicChange[] {
  const turn = clamp((loudness.range ?? 0) * TURN_SHARE, LEAST_TURN, LARGEST_TURN);
  const changes: DynamicChange[] = [];
  for (const stretch of stretchesBetween(pauses, onsets)) {
    const from = Math.max(0, Math.floor(stretch.start / LOUDNESS_STEP));
    const to = Math.min(loudness.momentary.length, Math.ceil(stretch.end / LOUDNESS_STEP));
    const envelope = loudnessEnvelope(loudness, from, to);
    const turns = turningPoints(envelope, turn);
    for (let index = 0; index + 1 < turns.length; index += 1) {
      const change = rampBetween(envelope, turns[index], turns[index + 1], from * LOUDNESS_STEP);
      if (change !== null && isCarried(change, onsets)) changes.push(change);
    }
  }
  const least = changes.map(({ change }) => Math.abs(change)).sort((a, b) => b - a)[MOST_CHANGES] ?? 0;
  return changes.filter(({ change }) => Math.abs(change) > least);
}

/** From the first onset after each pause until the last onset before the next: without the dying away at the end. */
function stretchesBetween(pauses: readonly Span[], onsets: readonly Onset[]): Span[] {
  const edges = [...pauses.map(({ start }) => start), Number.POSITIVE_INFINITY];
  const stretches: Span[] = [];
  let next = 0;
  for (const edge of edges) {
    const begun = next;
    while (next < onsets.length && onsets[next].time < edge) next += 1;
    if (next - begun >= LEAST_ONSETS) {
      stretches.push({ start: onsets[begun].time, end: onsets[next - 1].time + 0.4 });
    }
  }
  return stretches;
}

/** Indices of the alternating lows and highs, the first and the last value included. */
function turningPoints(envelope: Float32Array, least: number): number[] {
  if (envelope.length < 2) return [];
  const turns: number[] = [];
  let low = 0;
  let high = 0;
  let direction = 0;
  for (let index = 1; index < envelope.length; index += 1) {
    const value = envelope[index];
    if (value > envelope[high]) high = index;
    if (value < envelope[low]) low = index;
    if (direction >= 0 && envelope[high] - value >= least) {
      // While the direction was open, what came before the high was a rise only if it was high enough.
      if (direction === 0 && low < high && envelope[high] - envelope[low] >= least) turns.push(low);
      turns.push(high);
      direction = -1;
      low = index;
      high = index;
    } else if (direction <= 0 && value - envelope[low] >= least) {
      if (direction === 0 && high < low && envelope[high] - envelope[low] >= least) turns.push(high);
      turns.push(low);
      direction = 1;
      low = index;
      high = index;
    }
  }
  // The walk ends wherever the last extreme lies.
  if (direction > 0) turns.push(high);
  if (direction < 0) turns.push(low);
  if (turns.length > 0 && turns[0] > 0) turns.unshift(0);
  if (turns.length > 0) turns.push(envelope.length - 1);
  return turns;
}

function rampBetween(
  envelope: Float32Array,
  first: number,
  last: number,
  origin: number,
): DynamicChange | null {
  const values = envelope.subarray(first, last + 1);
  const times = Float64Array.from(values, (_, index) => origin + (first + index + 0.5) * LOUDNESS_STEP);
  const ramp = fitRamp(times, values, LEAST_LENGTH);
  if (ramp === null || ramp.explained < LEAST_EXPLAINED) return null;
  const change = ramp.to - ramp.from;
  if (Math.abs(change) < LEAST_TURN) return null;
  return { start: ramp.start, end: ramp.end, change };
}

function isCarried(change: DynamicChange, onsets: readonly Onset[]): boolean {
  const carrying = onsets.filter(({ time }) => time >= change.start - 0.3 && time <= change.end + 0.3);
  return carrying.length >= LEAST_ONSETS;
}
