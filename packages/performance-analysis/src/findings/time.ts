import type { Analysis, Finding } from "@crescendai/contracts";
import type { ChordSpread } from "../music/chords.ts";
import { LEAST_HOLD } from "../music/holds.ts";
import type { NoteReading } from "../music/note-reading.ts";
import type { OnsetGroup } from "../music/onset-groups.ts";
import { boundOfMedian, findPlace, over } from "../music/place.ts";
import type { RunningNote } from "../music/running-notes.ts";
import type { RunDeviation } from "../music/runs.ts";
import { median, round } from "../signal/statistics.ts";
import { below, beyond, finding } from "./finding.ts";

/** Least pause that is mentioned, in seconds. */
const LEAST_PAUSE = 0.8;
/** Least change of tempo that is mentioned, in %, and how much of the variation it must explain. */
const LEAST_TEMPO_CHANGE = 6;
const LEAST_TEMPO_EXPLAINED = 0.6;
/** Deviation of beats in % up to which a pulse is called steady, and from which unsteady. */
const STEADY_DEVIATION = 2.5;
const UNSTEADY_DEVIATION = 6;
/**
 * Seconds of unevenness, and the share of a note's distance to the next that it must be as well. Renderings of a score are
 * read as 2 to 6 ms, advanced pianists as 8 to 18 with their rubato, 40 ms of jitter in each hand as 22 and more. Of quick notes
 * less is read than there is, as their spacing is followed closely: 40 ms as 19 to 25; so they need less where no pulse can be
 * followed either.
 */
const UNEVEN = 0.02;
const UNEVEN_QUICK = 0.0175;
const UNEVEN_SHARE = 0.065;
const EVEN = 0.008;
/** Seconds from one note to the next up to which notes are quick. */
const QUICK = 0.16;
/** Fewest notes for it, and seconds from one to the next up to which notes run: slower ones are shaped one by one. */
const LEAST_UNEVEN_NOTES = 12;
const LEAST_EVEN_NOTES = 24;
const LONGEST_RUNNING = 0.5;
/** Seconds from a chord's first to its last note: pianists' quartiles are 15 and 24 ms, an arpeggio begins at about 60. */
const LOOSE = 0.036;
const TOGETHER = 0.008;
const LEAST_LOOSE = 8;
const LEAST_TOGETHER = 12;

/** Time: pauses, holds, restarts, change of tempo, steadiness of the pulse, evenness of runs, chords struck together. */
export function timeFindings(
  pauses: Analysis["measurements"]["pauses"],
  reading: NoteReading | null,
): Finding[] {
  const findings: Finding[] = [];
  for (const { start, end } of pauses) {
    const length = round(end - start, 2);
    if (length < LEAST_PAUSE) continue;
    findings.push(
      finding("pause", { start, end }, null, beyond(length, LEAST_PAUSE), { pause_seconds: length }),
    );
  }
  if (reading === null) return findings;
  for (const hold of reading.holds) {
    const start = round(hold.start, 2);
    const length = round(hold.end - hold.start, 2);
    findings.push(
      finding("hold", { start, end: round(hold.end, 2) }, null, beyond(length, LEAST_HOLD), {
        hold_seconds: length,
      }),
    );
  }
  for (const { start, end, repeated } of reading.restarts) {
    const evidence = { repeated_notes: repeated, lost_seconds: round(end - start, 1) };
    findings.push(finding("restart", { start, end }, "note_accuracy", beyond(repeated, 2), evidence));
  }
  return [
    ...findings,
    ...tempoFindings(reading),
    ...runFindings(reading.runningNotes, reading.pulse.tempo !== null),
    ...chordFindings(reading.chords, reading.groups),
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
    const before = tempoChange.before ?? countedTempo(runs, tempoChange.start, tempo);
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
  // The standard error of a deviation by medians: 1.17 of it over √n (efficiency 0.37; Rousseeuw & Croux 1993).
  const supported = beats.filter((beat) => beat.supported).length;
  const error = (1.17 * percent) / Math.sqrt(Math.max(1, supported));
  if (percent + error <= STEADY_DEVIATION && !drifts) {
    const span = { start: first.time, end: last.time };
    findings.push(
      finding("steady_pulse", span, "rhythmic_precision", below(percent, STEADY_DEVIATION), evidence),
    );
  } else if (percent - error >= UNSTEADY_DEVIATION && leastSteady !== null) {
    const local = { ...evidence, local_deviation_percent: round(leastSteady.deviation * 100, 1) };
    const strength = beyond(percent, UNSTEADY_DEVIATION);
    findings.push(finding("unsteady_pulse", leastSteady, "rhythmic_precision", strength, local));
  }
  return findings;
}

/**
 * Beats a minute before a change that running notes tell: as many of them to a beat as in the tempo of the whole, or, where
 * there is none, as bring it near 90.
 */
function countedTempo(runs: readonly RunDeviation[], until: number, tempo: number | null): number {
  const before = runs.filter(({ time }) => time <= until).map(({ step }) => step);
  const notes = 60 / median(before.length > 0 ? before : runs.map(({ step }) => step));
  return (
    notes / (tempo === null ? 2 ** Math.round(Math.log2(notes / 90)) : Math.max(1, Math.round(notes / tempo)))
  );
}

/** Seconds from which a note is uneven: quick notes by a constant, slower ones by a share of their distance. */
function unevenAt({ step }: RunningNote, hasPulse: boolean): number {
  return Math.max(step <= QUICK && !hasPulse ? UNEVEN_QUICK : UNEVEN, UNEVEN_SHARE * step);
}

function unevennessOf({ unevenness }: RunningNote): number {
  return unevenness;
}

function runFindings(notes: readonly RunningNote[], hasPulse: boolean): Finding[] {
  const findings: Finding[] = [];
  const running = notes.filter(({ step }) => step <= LONGEST_RUNNING);
  const typicalOf = (notes: readonly RunningNote[]) => median(notes.map(unevennessOf));
  const evidenceOf = (notes: readonly RunningNote[]) => ({
    unevenness_ms: round(typicalOf(notes) * 1000, 1),
    interval_ms: round(median(notes.map(({ step }) => step)) * 1000, 0),
    notes: notes.length,
  });
  const uneven = findPlace({
    items: running,
    speaks: (note) => over(unevennessOf(note), unevenAt(note, hasPulse), UNEVEN),
    holds: (notes) =>
      notes.length >= LEAST_UNEVEN_NOTES &&
      boundOfMedian(
        notes.map((note) => unevennessOf(note) - unevenAt(note, hasPulse)),
        -1,
      ) >= 0,
  });
  if (uneven !== null) {
    const strength = beyond(
      median(uneven.items.map((note) => unevennessOf(note) / unevenAt(note, hasPulse))),
      1,
    );
    findings.push(finding("uneven_runs", uneven, "rhythmic_precision", strength, evidenceOf(uneven.items)));
  }
  const even = findPlace({
    items: running,
    speaks: (note) => over(EVEN, unevennessOf(note), EVEN),
    holds: (notes) => notes.length >= LEAST_EVEN_NOTES && boundOfMedian(notes.map(unevennessOf), 1) <= EVEN,
  });
  if (even !== null) {
    const strength = below(typicalOf(even.items), EVEN);
    findings.push(finding("even_runs", even, "rhythmic_precision", strength, evidenceOf(even.items)));
  }
  return findings;
}

function chordFindings(chords: readonly ChordSpread[], groups: readonly OnsetGroup[]): Finding[] {
  const findings: Finding[] = [];
  const spreadsOf = (some: readonly ChordSpread[]) => some.map(({ spread }) => spread);
  const evidenceOf = (some: readonly ChordSpread[]) => ({
    spread_ms: round(median(spreadsOf(some)) * 1000, 0),
    chords: some.length,
  });
  const loose = findPlace({
    items: chords,
    speaks: ({ spread }) => over(spread, LOOSE, LOOSE),
    holds: (some) => some.length >= LEAST_LOOSE && boundOfMedian(spreadsOf(some), -1) >= LOOSE,
  });
  if (loose !== null) {
    const strength = beyond(median(spreadsOf(loose.items)), LOOSE);
    findings.push(
      finding("chords_not_together", loose, "rhythmic_precision", strength, evidenceOf(loose.items)),
    );
  }
  if (chords.length >= LEAST_TOGETHER && boundOfMedian(spreadsOf(chords), 1) <= TOGETHER) {
    const span = { start: groups[0].time, end: groups[groups.length - 1].time };
    const strength = below(median(spreadsOf(chords)), TOGETHER);
    findings.push(finding("chords_together", span, "rhythmic_precision", strength, evidenceOf(chords)));
  }
  return findings;
}
