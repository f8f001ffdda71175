import type { Analysis, Finding } from "@crescendai/contracts";
import type { ChordSpread } from "../music/chords.ts";
import type { NoteReading } from "../music/note-reading.ts";
import type { RunDeviation } from "../music/runs.ts";
import { median, round } from "../signal/statistics.ts";
import { below, beyond, finding } from "./finding.ts";
import { findStretch } from "./stretch.ts";

/** Least pause that is mentioned, in seconds. */
const LEAST_PAUSE = 0.8;
/** Least change of tempo that is mentioned, in %, and how much of the variation it must explain. */
const LEAST_TEMPO_CHANGE = 6;
const LEAST_TEMPO_EXPLAINED = 0.5;
/** Deviation of beats in % up to which a pulse is called steady, and from which unsteady. */
const STEADY_DEVIATION = 2.5;
const UNSTEADY_DEVIATION = 6;
/** Scales a median absolute deviation to the standard deviation of a normal distribution. */
const MAD_TO_DEVIATION = 1.4826;
/**
 * Seconds of unevenness. Renderings of a score are read as 3 to 6 ms, advanced pianists as 12 to 19 with their rubato (quartiles of
 * PercePiano); uneven is called what lies in the upper half of them: whether it was meant is the player's to say.
 */
const UNEVEN = 0.0145;
const EVEN = 0.009;
const LEAST_RUNNING = 10;
const LEAST_EVEN_NOTES = 24;
/** Seconds from a chord's first to its last note: pianists' quartiles are 15 and 24 ms, an arpeggio begins at about 60. */
const LOOSE = 0.03;
const TOGETHER = 0.014;
const LEAST_CHORDS = 5;
const LEAST_TOGETHER = 12;

/** Time: pauses, restarts, change of tempo, steadiness of the pulse, evenness of runs, chords struck together. */
export function timeFindings(
  { measurements }: Pick<Analysis, "measurements">,
  reading: NoteReading | null,
): Finding[] {
  const findings: Finding[] = [];
  for (const { start, end } of measurements.pauses) {
    const length = round(end - start, 2);
    if (length < LEAST_PAUSE) continue;
    findings.push(
      finding("pause", { start, end }, null, beyond(length, LEAST_PAUSE), { pause_seconds: length }),
    );
  }
  if (reading === null) return findings;
  for (const { start, end, repeated } of reading.restarts) {
    const evidence = { repeated_notes: repeated, lost_seconds: round(end - start, 1) };
    findings.push(finding("restart", { start, end }, "note_accuracy", beyond(repeated, 2), evidence));
  }
  return [
    ...findings,
    ...tempoFindings(reading),
    ...runFindings(reading.runs),
    ...chordFindings(reading.chords),
  ];
}

function tempoFindings({ pulse, tempoChange, runs }: NoteReading): Finding[] {
  const { tempo, deviation, beats, clarity, leastSteady } = pulse;
  const findings: Finding[] = [];
  const percent = deviation === null ? null : round(deviation * 100, 1);
  const change = tempoChange === null ? 0 : round(tempoChange.change * 100, 1);
  const drifts =
    tempoChange !== null &&
    tempoChange.explained >= LEAST_TEMPO_EXPLAINED &&
    Math.abs(change) >= Math.max(LEAST_TEMPO_CHANGE, percent ?? 0);
  if (drifts) {
    const before = pulse.change?.from ?? countedTempo(runs, tempoChange.start, tempo);
    const evidence = {
      tempo_change_percent: change,
      tempo_before_bpm: round(before, 1),
      tempo_after_bpm: round(before * (1 + tempoChange.change), 1),
    };
    const strength = beyond(Math.abs(change), LEAST_TEMPO_CHANGE);
    findings.push(finding("tempo_drift", tempoChange, "rhythmic_precision", strength, evidence));
  }
  const first = beats.at(0);
  const last = beats.at(-1);
  if (tempo === null || percent === null || first === undefined || last === undefined) return findings;
  const evidence = {
    tempo_bpm: round(tempo, 1),
    beat_deviation_percent: percent,
    clarity: round(clarity, 2),
  };
  if (percent <= STEADY_DEVIATION && !drifts) {
    const span = { start: first.time, end: last.time };
    findings.push(
      finding("steady_pulse", span, "rhythmic_precision", below(percent, STEADY_DEVIATION), evidence),
    );
  } else if (percent >= UNSTEADY_DEVIATION && leastSteady !== null) {
    const local = { ...evidence, local_deviation_percent: round(leastSteady.deviation * 100, 1) };
    const strength = beyond(percent, UNSTEADY_DEVIATION);
    findings.push(finding("unsteady_pulse", leastSteady, "rhythmic_precision", strength, local));
  }
  return findings;
}

/** Beats a minute before the change, where only running notes tell it: as many of them to a beat as bring it near 90. */
function countedTempo(runs: readonly RunDeviation[], until: number, tempo: number | null): number {
  if (tempo !== null) return tempo;
  const before = runs.filter(({ time }) => time <= until).map(({ step }) => step);
  const notes = 60 / median(before.length > 0 ? before : runs.map(({ step }) => step));
  return notes / 2 ** Math.round(Math.log2(notes / 90));
}

function unevenness(notes: readonly RunDeviation[]): number {
  return MAD_TO_DEVIATION * median(notes.map(({ deviation }) => Math.abs(deviation)));
}

function runFindings(runs: readonly RunDeviation[]): Finding[] {
  const findings: Finding[] = [];
  const evidenceOf = (notes: readonly RunDeviation[]) => ({
    unevenness_ms: round(unevenness(notes) * 1000, 1),
    interval_ms: round(median(notes.map(({ step }) => step)) * 1000, 0),
    notes: notes.length,
  });
  const uneven = findStretch({
    items: runs,
    statistic: unevenness,
    exceeds: (value) => value >= UNEVEN,
    least: LEAST_RUNNING,
  });
  if (uneven !== null && uneven.value >= UNEVEN) {
    const strength = beyond(uneven.value, UNEVEN);
    findings.push(finding("uneven_runs", uneven, "rhythmic_precision", strength, evidenceOf(uneven.items)));
  }
  const even = findStretch({
    items: runs,
    statistic: unevenness,
    exceeds: (value) => value <= EVEN,
    least: LEAST_RUNNING,
  });
  if (even !== null && even.value <= EVEN && even.items.length >= LEAST_EVEN_NOTES) {
    findings.push(
      finding("even_runs", even, "rhythmic_precision", below(even.value, EVEN), evidenceOf(even.items)),
    );
  }
  return findings;
}

function chordFindings(chords: readonly ChordSpread[]): Finding[] {
  const findings: Finding[] = [];
  const statistic = (some: readonly ChordSpread[]) => median(some.map(({ spread }) => spread));
  const evidenceOf = (some: readonly ChordSpread[]) => ({
    spread_ms: round(statistic(some) * 1000, 0),
    chords: some.length,
  });
  const loose = findStretch({
    items: chords,
    statistic,
    exceeds: (value) => value >= LOOSE,
    least: LEAST_CHORDS,
  });
  if (loose !== null && loose.value >= LOOSE) {
    const strength = beyond(loose.value, LOOSE);
    findings.push(
      finding("chords_not_together", loose, "rhythmic_precision", strength, evidenceOf(loose.items)),
    );
  }
  const spread = chords.length === 0 ? Number.POSITIVE_INFINITY : statistic(chords);
  if (spread <= TOGETHER && chords.length >= LEAST_TOGETHER) {
    const span = { start: chords[0].time, end: chords[chords.length - 1].time };
    findings.push(
      finding("chords_together", span, "rhythmic_precision", below(spread, TOGETHER), evidenceOf(chords)),
    );
  }
  return findings;
}
