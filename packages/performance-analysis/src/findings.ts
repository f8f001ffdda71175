import type { Analysis, Finding } from "@crescendai/contracts";
import type { PulseReading } from "./music/pulse.ts";
import { clamp, round } from "./signal/statistics.ts";

type Measured = Pick<Analysis, "heard" | "analysed_duration" | "measurements">;

/** Least rise or fall that is mentioned, in dB: plainly heard, though less than from one dynamic mark to the next. */
const LEAST_CHANGE_DB = 2.5;
/** dB of dynamic range under which playing is called narrow, and from which wide. */
const NARROW_RANGE_DB = 5;
const WIDE_RANGE_DB = 18;
/** dB between the loudest and the softest passage from which they are worth pointing at. */
const LEAST_CONTRAST_DB = 4;
/** Least pause that is mentioned, in seconds. */
const LEAST_PAUSE = 0.8;
/** Least change of tempo that is mentioned, in %, and how much of the variation it must explain. */
const LEAST_TEMPO_CHANGE = 6;
const LEAST_TEMPO_EXPLAINED = 0.5;
/** Deviation of beats in % up to which a pulse is called steady, and from which unsteady. */
const STEADY_DEVIATION = 2.5;
const UNSTEADY_DEVIATION = 6;
/** Mean loudness in dB under which a recording is too quiet to be heard well. */
const QUIET_DB = -45;
/** Clipped samples a second within a stretch that are plainly audible. */
const AUDIBLE_CLIPPING = 50;

/** How many of a kind are mentioned at most, and how many in all: a player can work on few things at once. */
const MOST_PER_KIND = 2;
const MOST_FINDINGS = 10;

/** What is worth saying about the measurements, most important first: faults of the recording, then by strength. */
export function findFindings(measured: Measured, pulse: PulseReading | null): Finding[] {
  const { heard, analysed_duration: end, measurements } = measured;
  if (heard === "silence" || heard === "steady_tone" || heard === "noise") {
    const level = measurements.mean_loudness_db ?? measurements.noise_floor_db ?? -120;
    return [{ kind: heard, start: 0, end, dimension: null, strength: 1, evidence: { level_db: level } }];
  }
  if (heard !== "music") return [];
  const faults = [...clipping(measurements), ...tooQuiet(measured)];
  const musical = [...dynamics(measured), ...arc(measurements), ...pauses(measurements)];
  if (pulse !== null) musical.push(...tempo(pulse));
  const chosen: Finding[] = [];
  for (const finding of musical.sort((a, b) => b.strength - a.strength || a.start - b.start)) {
    const alike = chosen.filter(({ kind }) => kind === finding.kind).length;
    if (alike < MOST_PER_KIND && chosen.length < MOST_FINDINGS - faults.length) chosen.push(finding);
  }
  return [...faults, ...chosen];
}

/** 0 at the threshold, 0.5 at twice and 0.75 at four times the threshold. */
function beyond(value: number, threshold: number): number {
  return round(clamp(1 - threshold / value, 0, 1), 2);
}

function clipping({ clipping: spans, peak_db }: Analysis["measurements"]): Finding[] {
  const worst = spans.reduce<(typeof spans)[number] | null>(
    (a, b) => (a === null || b.count > a.count ? b : a),
    null,
  );
  if (worst === null) return [];
  const clipped = spans.reduce((sum, { count }) => sum + count, 0);
  const seconds = spans.reduce((sum, { start, end }) => sum + Math.max(0.1, end - start), 0);
  const evidence = { clipped_samples: clipped, stretches: spans.length, peak_db };
  const strength = round(clamp(clipped / seconds / AUDIBLE_CLIPPING, 0, 1), 2);
  return [{ kind: "clipping", start: worst.start, end: worst.end, dimension: null, strength, evidence }];
}

function tooQuiet({ analysed_duration: end, measurements }: Measured): Finding[] {
  const level = measurements.mean_loudness_db;
  if (level === null || level >= QUIET_DB) return [];
  const strength = round(clamp((QUIET_DB - level) / 15, 0, 1), 2);
  const evidence = { mean_loudness_db: level, peak_db: measurements.peak_db };
  return [{ kind: "too_quiet", start: 0, end, dimension: null, strength, evidence }];
}

function dynamics({ analysed_duration: end, measurements }: Measured): Finding[] {
  const { dynamic_range_db: range, loudest, softest } = measurements;
  const findings: Finding[] = [];
  const whole = { start: 0, end, dimension: "dynamics_control" } as const;
  if (range !== null && range < NARROW_RANGE_DB && end >= 10) {
    const strength = round(clamp(1 - range / NARROW_RANGE_DB, 0, 1), 2);
    findings.push({ kind: "narrow_dynamics", ...whole, strength, evidence: { dynamic_range_db: range } });
  } else if (range !== null && range > WIDE_RANGE_DB) {
    const strength = beyond(range, WIDE_RANGE_DB);
    findings.push({ kind: "wide_dynamics", ...whole, strength, evidence: { dynamic_range_db: range } });
  }
  if (loudest === null || softest === null) return findings;
  const contrast = round(loudest.loudness_db - softest.loudness_db, 1);
  if (contrast < LEAST_CONTRAST_DB) return findings;
  const strength = beyond(contrast, LEAST_CONTRAST_DB);
  for (const [kind, { start, end: stop, loudness_db }] of [
    ["loudest_passage", loudest],
    ["softest_passage", softest],
  ] as const) {
    const evidence = { loudness_db, contrast_db: contrast };
    findings.push({ kind, start, end: stop, dimension: "dynamics_control", strength, evidence });
  }
  return findings;
}

function arc({ dynamic_arc }: Analysis["measurements"]): Finding[] {
  return dynamic_arc
    .filter(({ change_db }) => Math.abs(change_db) >= LEAST_CHANGE_DB)
    .map(({ start, end, change_db }) => ({
      kind: change_db > 0 ? "crescendo" : "diminuendo",
      start,
      end,
      dimension: "dynamics_control",
      strength: beyond(Math.abs(change_db), LEAST_CHANGE_DB),
      evidence: { change_db, length_seconds: round(end - start, 1) },
    }));
}

function pauses({ pauses: spans }: Analysis["measurements"]): Finding[] {
  return spans
    .map(({ start, end }) => ({ start, end, length: round(end - start, 2) }))
    .filter(({ length }) => length >= LEAST_PAUSE)
    .sort((a, b) => b.length - a.length || a.start - b.start)
    .map(({ start, end, length }) => ({
      kind: "pause",
      start,
      end,
      dimension: null,
      strength: beyond(length, LEAST_PAUSE),
      evidence: { pause_seconds: length },
    }));
}

function tempo({ tempo: bpm, deviation, change, leastSteady, beats, clarity }: PulseReading): Finding[] {
  const first = beats.at(0);
  const last = beats.at(-1);
  if (bpm === null || deviation === null || first === undefined || last === undefined) return [];
  const findings: Finding[] = [];
  const percent = round(deviation * 100, 1);
  const evidence = { tempo_bpm: round(bpm, 1), beat_deviation_percent: percent, clarity: round(clarity, 2) };
  const dimension = "rhythmic_precision";
  const tempoChange = change === null ? 0 : (change.to / change.from - 1) * 100;
  const drifts =
    change !== null &&
    change.explained >= LEAST_TEMPO_EXPLAINED &&
    Math.abs(tempoChange) >= Math.max(LEAST_TEMPO_CHANGE, percent);
  if (drifts) {
    findings.push({
      kind: "tempo_drift",
      start: round(change.start, 1),
      end: round(change.end, 1),
      dimension,
      strength: beyond(Math.abs(tempoChange), LEAST_TEMPO_CHANGE),
      evidence: {
        tempo_change_percent: round(tempoChange, 1),
        tempo_before_bpm: round(change.from, 1),
        tempo_after_bpm: round(change.to, 1),
      },
    });
  }
  if (percent <= STEADY_DEVIATION && !drifts) {
    const strength = round(1 - percent / STEADY_DEVIATION, 2);
    const span = { start: round(first.time, 1), end: round(last.time, 1) };
    findings.push({ kind: "steady_pulse", ...span, dimension, strength, evidence });
  } else if (percent >= UNSTEADY_DEVIATION && leastSteady !== null) {
    const span = { start: round(leastSteady.start, 1), end: round(leastSteady.end, 1) };
    const local = { ...evidence, local_deviation_percent: round(leastSteady.deviation * 100, 1) };
    const strength = beyond(percent, UNSTEADY_DEVIATION);
    findings.push({ kind: "unsteady_pulse", ...span, dimension, strength, evidence: local });
  }
  return findings;
}
