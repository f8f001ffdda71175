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

/**
 * The change of tempo that explains most: by the beats, or by the spacing of the running notes, where beats can't be
 * followed or count something else (a beat of three notes, then of two). Null where neither tells a tempo.
 */
export function findTempoChange(
  pulse: PulseReading,
  runs: readonly RunDeviation[],
  onsets: number,
): TempoChange | null {
  const byBeats = pulse.change === null ? null : likelyChange(toChange(pulse.change, pulse.change.from));
  const byRuns =
    runs.length >= LEAST_RUNNING && runs.length >= LEAST_SHARE * onsets ? changeOfRuns(runs) : null;
  if (byBeats === null || byRuns === null) return byBeats ?? byRuns;
  const weight = ({ change, explained }: TempoChange) => Math.abs(change) * explained;
  return weight(byRuns) > weight(byBeats) ? byRuns : byBeats;
}

/** A change, unless it is so large that the beat was rather followed at another level from there on. */
function likelyChange(tempoChange: TempoChange): TempoChange | null {
  const ratio = 1 + tempoChange.change;
  return Math.max(ratio, 1 / ratio) > LARGEST_RATIO ? null : tempoChange;
}

function toChange({ start, end, from, to, explained }: Ramp, before: number | null): TempoChange {
  return { start, end, change: to / from - 1, explained, before };
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
  return toChange(ramp, null);
}
