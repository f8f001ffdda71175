import { fitRamp, type Ramp } from "../signal/ramp.ts";
import { median } from "../signal/statistics.ts";
import type { Span } from "./levels.ts";
import type { PulseReading } from "./pulse.ts";
import type { RunDeviation } from "./runs.ts";

/** A lasting change of tempo. */
export type TempoChange = Span & {
  /** Tempo after over tempo before, minus 1; positive is faster. */
  readonly change: number;
  /** Share of the tempo's variation that one change explains, 0 to 1. */
  readonly explained: number;
  /** Beats a minute before it; null where it is told by running notes, which say nothing of beats. */
  readonly before: number | null;
  /** Standard error of `change`. */
  readonly error: number;
};

/** Points that a course of tempo is reduced to before the change is looked for. */
const MOST_POINTS = 200;
/** Running notes under which their spacing tells no tempo, and the share of the onsets that they must be. */
const LEAST_RUNNING = 30;
const LEAST_SHARE = 0.5;
/** Share of the variation of the spacing that one change must explain; uneven playing has changes of every kind. */
const LEAST_EXPLAINED = 0.75;
/** A change by more than this (as a ratio, up or down) is another note value, not another tempo. */
const LARGEST_RATIO = 1.3;
/** Seconds at each end of the playing within which a change isn't looked for: an upbeat, a closing ritardando. */
const LEAST_SIDE = 3;
/** Standard errors that a change must be larger than, and by which beats and running notes may differ about one. */
const CLEAR_ERRORS = 2;
/** Share by which beats and running notes may differ about a change beyond their errors: one follows it faster. */
const AGREEMENT = 0.05;
/** Neighbouring values that aren't independent: medians of five beats; a step is of nine onsets, a point of four of them. */
const SMOOTHED_BEATS = 5;
const SMOOTHED_RUNS = 9 / 4;

/**
 * The change of tempo that explains most, as it is fitted: by the beats, or by the spacing of the running notes, where beats
 * can't be followed or count something else (a beat of three notes, then of two). Null where neither tells a tempo. The model of
 * listeners' ratings was fitted to this one; what is told is `findTempoChange`.
 */
export function fitTempoChange(
  pulse: PulseReading,
  runs: readonly RunDeviation[],
  onsets: number,
): TempoChange | null {
  const byBeats = changeOfBeats(pulse);
  const byRuns = changeOfRunning(runs, onsets);
  if (byBeats === null || byRuns === null) return byBeats ?? byRuns;
  return weightOf(byRuns) > weightOf(byBeats) ? byRuns : byBeats;
}

/**
 * The change of tempo that can be told: none that is as large as from one note value to another, that lies at an end of the
 * playing, that isn't clear of its own error, or that running notes show and followed beats don't.
 */
export function findTempoChange(
  pulse: PulseReading,
  runs: readonly RunDeviation[],
  onsets: number,
): TempoChange | null {
  const byBeats = changeOfBeats(pulse);
  const byRuns = likelyChange(changeOfRunning(runs, onsets));
  const told = byBeats === null || byRuns === null ? (byBeats ?? byRuns) : agreed(byBeats, byRuns);
  if (told === null || !isInside(told, pulse, runs)) return null;
  return Math.abs(told.change) >= CLEAR_ERRORS * told.error ? told : null;
}

function changeOfBeats({ change }: PulseReading): TempoChange | null {
  return change === null ? null : likelyChange(toChange(change, change.from, SMOOTHED_BEATS));
}

function changeOfRunning(runs: readonly RunDeviation[], onsets: number): TempoChange | null {
  return runs.length >= LEAST_RUNNING && runs.length >= LEAST_SHARE * onsets ? changeOfRuns(runs) : null;
}

/** How much of what is heard a change accounts for. */
function weightOf({ change, explained }: TempoChange): number {
  return Math.abs(change) * explained;
}

/** Of two readings the one that explains more, where they agree; else that of the beats, which tempo is a matter of. */
function agreed(byBeats: TempoChange, byRuns: TempoChange): TempoChange {
  const difference = Math.abs(byRuns.change - byBeats.change);
  const agree = difference <= AGREEMENT + CLEAR_ERRORS * Math.hypot(byBeats.error, byRuns.error);
  return agree && weightOf(byRuns) > weightOf(byBeats) ? byRuns : byBeats;
}

/** Whether it lies neither in the first nor in the last seconds of what tells the tempo. */
function isInside(told: TempoChange, { beats }: PulseReading, runs: readonly RunDeviation[]): boolean {
  const times = told.before === null ? runs : beats;
  const first = times.at(0)?.time ?? told.start;
  const last = times.at(-1)?.time ?? told.end;
  return told.end - first >= LEAST_SIDE && last - told.start >= LEAST_SIDE;
}

/** A change, unless it is so large that the beat was rather followed at another level from there on. */
function likelyChange(tempoChange: TempoChange | null): TempoChange | null {
  if (tempoChange === null) return null;
  const ratio = 1 + tempoChange.change;
  return Math.max(ratio, 1 / ratio) > LARGEST_RATIO ? null : tempoChange;
}

/** @param dependent how many neighbouring values aren't independent of each other. */
function toChange(
  { start, end, from, to, explained, error }: Ramp,
  before: number | null,
  dependent: number,
): TempoChange {
  return {
    start,
    end,
    change: to / from - 1,
    explained,
    before,
    error: (error * Math.sqrt(dependent)) / from,
  };
}

function changeOfRuns(runs: readonly RunDeviation[]): TempoChange | null {
  const usual = median(runs.map(({ step }) => step));
  const size = Math.max(4, Math.ceil(runs.length / MOST_POINTS));
  const times: number[] = [];
  const rates: number[] = [];
  for (let first = 0; first + size <= runs.length; first += size) {
    const part = runs.slice(first, first + size);
    const step = median(part.map(({ step: one }) => one));
    // Quavers and semiquavers of one tempo come out alike.
    const folded = step * 2 ** Math.round(Math.log2(usual / step));
    if (Math.max(folded / usual, usual / folded) > LARGEST_RATIO) continue;
    times.push(median(part.map(({ time }) => time)));
    rates.push(1 / folded);
  }
  const ramp = fitRamp(times, rates);
  if (ramp === null || ramp.explained < LEAST_EXPLAINED) return null;
  const first = times[0];
  const last = times[times.length - 1];
  if (ramp.end - first < LEAST_SIDE || last - ramp.start < LEAST_SIDE) return null;
  return toChange(ramp, null, SMOOTHED_RUNS);
}
