import { FRAME_RATE } from "../signal/frames.ts";
import { mean, median, movingMean, quantile } from "../signal/statistics.ts";
import type { Span } from "./levels.ts";

/** Beats per minute between which a beat is looked for: what a foot can tap. */
const SLOWEST = 40;
const FASTEST = 208;
/** Ratio of neighbouring candidate periods. */
const STEP = 1.02;
/** Seconds of one window and from one to the next: long enough for four slow beats, short enough to follow a change. */
const WINDOW = 8;
const WINDOW_HOP = 1;
/** Most windows: in a recording over five minutes they lie further apart. */
const MOST_WINDOWS = 300;
/** Beats per minute that listeners prefer, and the width of that preference in octaves (Ellis 2007, eq. 8). */
const PREFERRED = 110;
const PREFERENCE_OCTAVES = 0.9;
/** Cost of a change of tempo from one window to the next, per squared octave. */
const CHANGE_COST = 8;
/** Share of a window that may be pause for its clarity to count. */
const LARGEST_SILENT_SHARE = 0.3;
/** Share of the raised frames whose strength isn't cut down: the accents above count as much as these. */
const STRONGEST = 0.95;
/** Frames on each side of the local mean that is taken off the onset strength: 0.4 s. */
const MEAN_REACH = 35;

export type Tempogram = {
  /** Beat period in frames at each frame of the onset strength. */
  readonly period: Float32Array;
  /** Median height of the normalised autocorrelation at the beat, 0 to 1 (pulse clarity of Lartillot et al. 2008). */
  readonly clarity: number;
};

/** The onset strength as the pulse is looked for in it: above its surroundings only, with unit standard deviation. */
export function prepareStrength(strength: Float32Array): Float32Array {
  const surroundings = movingMean(strength, MEAN_REACH);
  const raised = strength.map((value, frame) => Math.max(0, value - surroundings[frame]));
  // One chord out of silence would otherwise outweigh all the beats around it.
  const most = quantile(
    raised.filter((value) => value > 0),
    STRONGEST,
  );
  const capped = raised.map((value) => Math.min(value, most));
  const smooth = movingMean(capped, 1);
  const centre = mean(smooth);
  const deviation = Math.sqrt(mean(smooth.map((value) => (value - centre) ** 2)));
  return deviation < 1e-6 ? smooth.fill(0) : smooth.map((value) => value / deviation);
}

/**
 * Follows the beat period through the recording: autocorrelation of the prepared onset strength in windows of 8 s
 * (tempogram: Cemgil et al. 2000; Grosche & Müller 2011), weighted by the preference for moderate tempi of Ellis
 * (2007), and the best path through the windows (Viterbi). Windows that are mostly pause don't count for the clarity. Null for less than one window of sound.
 */
export function followTempo(prepared: Float32Array, pauses: readonly Span[]): Tempogram | null {
  const length = Math.round(WINDOW * FRAME_RATE);
  if (prepared.length < length) return null;
  const periods = candidatePeriods();
  const rows: Float64Array[] = [];
  const hop = Math.round(Math.max(WINDOW_HOP * FRAME_RATE, prepared.length / MOST_WINDOWS));
  for (let start = 0; start + length <= prepared.length; start += hop) {
    rows.push(autocorrelate(prepared.subarray(start, start + length), periods));
  }
  const preference = periods.map((period) => {
    const octaves = Math.log2((FRAME_RATE * 60) / period / PREFERRED);
    return Math.exp(-0.5 * (octaves / PREFERENCE_OCTAVES) ** 2);
  });
  const path = bestPath(rows, preference, periods);
  const played = path.map((_, row) => silentShare((row * hop) / FRAME_RATE, pauses) <= LARGEST_SILENT_SHARE);
  const heights = path.map((candidate, row) => rows[row][candidate]).filter((_, row) => played[row]);
  if (heights.length === 0) return null;
  const period = Float32Array.from(prepared, (_, frame) => {
    const row = Math.round((frame - length / 2) / hop);
    return periods[path[Math.min(path.length - 1, Math.max(0, row))]];
  });
  return { period, clarity: Math.min(1, Math.max(0, median(heights))) };
}

/** Share of the window from `start` that lies in pauses. */
function silentShare(start: number, pauses: readonly Span[]): number {
  const end = start + WINDOW;
  const silent = pauses.reduce(
    (sum, pause) => sum + Math.max(0, Math.min(end, pause.end) - Math.max(start, pause.start)),
    0,
  );
  return silent / WINDOW;
}

function candidatePeriods(): number[] {
  const periods: number[] = [];
  for (let tempo = FASTEST; tempo >= SLOWEST; tempo /= STEP) periods.push((FRAME_RATE * 60) / tempo);
  return periods;
}

/** Normalised autocorrelation at each period (fractional lags by linear interpolation); −1 to 1. */
function autocorrelate(values: Float32Array, periods: readonly number[]): Float64Array {
  const centre = mean(values);
  const centred = values.map((value) => value - centre);
  const longest = Math.ceil(periods[periods.length - 1]) + 1;
  const byLag = new Float64Array(longest + 1);
  for (let lag = 0; lag <= longest; lag += lag === 0 ? 20 : 1) {
    let sum = 0;
    for (let index = lag; index < centred.length; index += 1) sum += centred[index] * centred[index - lag];
    byLag[lag] = sum / (centred.length - lag);
  }
  return Float64Array.from(periods, (period) => {
    const lower = Math.floor(period);
    const value = byLag[lower] + (period - lower) * (byLag[lower + 1] - byLag[lower]);
    return byLag[0] < 1e-9 ? 0 : value / byLag[0];
  });
}

/** Candidate of each row such that the heights are large and the tempo changes little. */
function bestPath(
  rows: readonly Float64Array[],
  preference: readonly number[],
  periods: readonly number[],
): number[] {
  let scores = rows[0].map((height, candidate) => height * preference[candidate]);
  const origins: Uint16Array[] = [];
  const costs = periods.map((_, distance) => CHANGE_COST * (distance * Math.log2(STEP)) ** 2);
  for (const row of rows.slice(1)) {
    const next = new Float64Array(scores.length);
    const origin = new Uint16Array(scores.length);
    for (let to = 0; to < next.length; to += 1) {
      let best = Number.NEGATIVE_INFINITY;
      for (let from = 0; from < next.length; from += 1) {
        const score = scores[from] - costs[Math.abs(to - from)];
        if (score > best) {
          best = score;
          origin[to] = from;
        }
      }
      next[to] = best + row[to] * preference[to];
    }
    scores = next;
    origins.push(origin);
  }
  let candidate = scores.indexOf(Math.max(...scores));
  const path = [candidate];
  for (const origin of origins.reverse()) {
    candidate = origin[candidate];
    path.push(candidate);
  }
  return path.reverse().map((index) => Math.min(index, periods.length - 1));
}
