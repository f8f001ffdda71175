import type { Analysis, Finding } from "@crescendai/contracts";
import type { Span } from "../music/levels.ts";
import type { HeardNote } from "../music/note.ts";
import type { NoteReading } from "../music/note-reading.ts";
import type { SpanMeasurements } from "../music/span-measurements.ts";
import { round, slope } from "../signal/statistics.ts";
import { below, beyond, finding } from "./finding.ts";
import { voicingFindings } from "./voicing.ts";

/** Least rise or fall that is mentioned, in dB: plainly heard, though less than from one dynamic mark to the next. */
const LEAST_CHANGE_DB = 2.5;
/** dB of shape under which playing is called narrow (flat playing is read as 2 to 3), and from which wide. */
const NARROW_DB = 4;
const WIDE_DB = 15;
/** dB between the loudest and the softest passage from which they are worth pointing at. */
const LEAST_CONTRAST_DB = 4;
/** Seconds under which no range is expected. */
const LEAST_SECONDS = 10;
/** Dynamics and balance: range, extremes, rises and falls, the melody against the rest. */
export function dynamicsFindings(
  {
    played,
    measurements,
  }: {
    readonly played: Span;
    readonly measurements: Pick<Analysis["measurements"], "loudest" | "softest" | "dynamic_arc">;
  },
  whole: SpanMeasurements | null,
  reading: NoteReading | null,
): Finding[] {
  const { loudest, softest, dynamic_arc } = measurements;
  const findings: Finding[] = [];
  const range = whole?.dynamicShape ?? null;
  if (range !== null && played.end - played.start >= LEAST_SECONDS) {
    const evidence = { dynamic_range_db: round(range, 1) };
    if (range < NARROW_DB) {
      findings.push(
        finding("narrow_dynamics", played, "dynamics_control", below(range, NARROW_DB), evidence),
      );
    } else if (range > WIDE_DB) {
      findings.push(finding("wide_dynamics", played, "dynamics_control", beyond(range, WIDE_DB), evidence));
    }
  }
  if (loudest !== null && softest !== null) {
    const contrast = round(loudest.loudness_db - softest.loudness_db, 1);
    if (contrast >= LEAST_CONTRAST_DB) {
      const strength = beyond(contrast, LEAST_CONTRAST_DB);
      for (const [kind, { start, end: stop, loudness_db }] of [
        ["loudest_passage", loudest],
        ["softest_passage", softest],
      ] as const) {
        const evidence = { loudness_db, contrast_db: contrast };
        findings.push(finding(kind, { start, end: stop }, "dynamics_control", strength, evidence));
      }
    }
  }
  for (const { start, end: stop, change_db } of dynamic_arc) {
    if (Math.abs(change_db) < LEAST_CHANGE_DB) continue;
    if (reading !== null && !isStruck({ start, end: stop }, change_db, reading.notes)) continue;
    const kind = change_db > 0 ? "crescendo" : "diminuendo";
    const evidence = { change_db, length_seconds: round(stop - start, 1) };
    const strength = beyond(Math.abs(change_db), LEAST_CHANGE_DB);
    findings.push(finding(kind, { start, end: stop }, "dynamics_control", strength, evidence));
  }
  return reading === null ? findings : [...findings, ...voicingFindings(reading.voicing)];
}

/** Seconds beside a rise or fall in which what is struck belongs to it, as loudness is measured over some. */
const BESIDE = 0.4;

/**
 * Whether a rise or fall is struck: its notes get stronger or weaker with it, and it begins with one. Without that it is the
 * sound's own: long notes die away, fewer sound at a time, or what follows a held chord is louder than its end. Of 132 changes in
 * 47 recordings the velocities went another way, or none, in 13: 6 of these are left out by how strong its notes are, and 3 of the
 * others.
 */
function isStruck({ start, end }: Span, change: number, notes: readonly HeardNote[]): boolean {
  const there = notes.filter(({ onset }) => onset >= start - BESIDE && onset <= end + BESIDE);
  const course = slope(
    there.map(({ onset }) => onset),
    there.map(({ level }) => level),
  );
  return course * change > 0 && there.some(({ onset }) => onset <= start + BESIDE);
}
