import { fitRamp, type Ramp } from "../signal/ramp.ts";
import { median } from "../signal/statistics.ts";
import { type Beat, trackBeats } from "./beats.ts";
import type { Span } from "./levels.ts";
import type { Onset } from "./onsets.ts";
import { followTempo, prepareStrength } from "./tempogram.ts";

/** Clarity under which no tempo is claimed: notes scattered at random stay below it (see the tests). */
const LEAST_CLARITY = 0.25;
/** Share of the beats that must coincide with an onset, and the least number of lengths between such beats. */
const LEAST_SUPPORT = 0.6;
const LEAST_INTERVALS = 8;
/** Share by which beats may depart from their neighbours before the pulse that was followed is chance. */
const LARGEST_DEVIATION = 0.12;
/** Neighbours on each side that a beat's length is compared with. */
const NEIGHBOURS = 2;
/** Beat lengths in a row within which playing is called least steady: two bars of four. */
const LOCAL_STRETCH = 8;
/** Scales a median absolute deviation to the standard deviation of a normal distribution. */
const MAD_TO_DEVIATION = 1.4826;

/** The time between two beats in a row that both have an onset (inter-beat interval). */
type Interval = { readonly time: number; readonly length: number };

export type PulseReading = {
  /** Beats per minute; null where no pulse is clear enough. */
  readonly tempo: number | null;
  readonly clarity: number;
  /** Typical departure of a beat's length from its neighbours', as a share. */
  readonly deviation: number | null;
  /** Median tempo of the last third over that of the first third, minus 1. */
  readonly drift: number | null;
  /** Level, change, level of the tempo, in beats per minute, with the seconds of the change. */
  readonly change: Ramp | null;
  /** The stretch in which beats depart most from their neighbours, and by what share. */
  readonly leastSteady: (Span & { readonly deviation: number }) | null;
  readonly beats: readonly Beat[];
};

/** Reads tempo, steadiness, and drift from the onset strength and the onsets; claims nothing where no pulse is clear. */
export function readPulse(
  strength: Float32Array,
  onsets: readonly Onset[],
  pauses: readonly Span[],
): PulseReading {
  const prepared = prepareStrength(strength);
  const tempogram = onsets.length < LEAST_INTERVALS ? null : followTempo(prepared, pauses);
  if (tempogram === null) return unclear(0, []);
  const beats = trackBeats(prepared, tempogram.period, onsets).filter(
    ({ time }) => !pauses.some(({ start, end }) => time > start && time < end - 0.1),
  );
  const intervals = intervalsOf(beats);
  const support = beats.filter(({ supported }) => supported).length / Math.max(1, beats.length);
  if (tempogram.clarity < LEAST_CLARITY || support < LEAST_SUPPORT || intervals.length < LEAST_INTERVALS) {
    return unclear(tempogram.clarity, beats);
  }
  const deviations = localDeviations(intervals);
  const deviation = MAD_TO_DEVIATION * median(deviations);
  if (deviation > LARGEST_DEVIATION) return unclear(tempogram.clarity, beats);
  const times = intervals.map(({ time }) => time);
  const tempi = intervals.map(({ length }) => 60 / length);
  return {
    tempo: median(tempi),
    clarity: tempogram.clarity,
    deviation,
    drift: driftOf(intervals),
    change: fitRamp(times, smoothed(tempi)),
    leastSteady: leastSteady(intervals, deviations),
    beats,
  };
}

function unclear(clarity: number, beats: readonly Beat[]): PulseReading {
  return { tempo: null, clarity, deviation: null, drift: null, change: null, leastSteady: null, beats };
}

/** Beats that a pause has parted aren't neighbours: what is longer than this, in seconds, is no beat (40 BPM and a little). */
const LONGEST_INTERVAL = 1.8;

function intervalsOf(beats: readonly Beat[]): Interval[] {
  const intervals: Interval[] = [];
  for (let index = 1; index < beats.length; index += 1) {
    const before = beats[index - 1];
    const after = beats[index];
    const length = after.time - before.time;
    if (!before.supported || !after.supported || length < 0.1 || length > LONGEST_INTERVAL) continue;
    intervals.push({ time: (before.time + after.time) / 2, length });
  }
  return intervals;
}

/** Median of each value with its neighbours. */
function smoothed(values: readonly number[]): number[] {
  return values.map((_, index) =>
    median(values.slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1)),
  );
}

function localDeviations(intervals: readonly Interval[]): number[] {
  const lengths = intervals.map(({ length }) => length);
  const around = smoothed(lengths);
  return lengths.map((length, index) => Math.abs(length / around[index] - 1));
}

function driftOf(intervals: readonly Interval[]): number | null {
  const third = Math.floor(intervals.length / 3);
  if (third < 3) return null;
  const first = median(intervals.slice(0, third).map(({ length }) => length));
  const last = median(intervals.slice(-third).map(({ length }) => length));
  return first / last - 1;
}

function leastSteady(
  intervals: readonly Interval[],
  deviations: readonly number[],
): PulseReading["leastSteady"] {
  let worst: PulseReading["leastSteady"] = null;
  for (let first = 0; first + LOCAL_STRETCH <= intervals.length; first += 1) {
    const last = intervals[first + LOCAL_STRETCH - 1];
    const deviation = MAD_TO_DEVIATION * median(deviations.slice(first, first + LOCAL_STRETCH));
    if (worst === null || deviation > worst.deviation) {
      const start = intervals[first].time - intervals[first].length / 2;
      worst = { start, end: last.time + last.length / 2, deviation };
    }
  }
  return worst;
}
