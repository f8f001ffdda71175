import { within } from "../music/note.ts";
import type { NoteReading } from "../music/note-reading.ts";
import type { SpanMeasurements } from "../music/span-measurements.ts";
import type { FeatureList } from "./feature-list.ts";

/** What the musical measurements of a stretch say, as features; what couldn't be measured counts as 0. */
export function addMeasurementFeatures(
  list: FeatureList,
  reading: NoteReading,
  measured: SpanMeasurements,
  start: number,
  end: number,
): void {
  const notes = Math.max(1, measured.notes);
  const seconds = Math.max(1, end - start);
  list.add("unevenness", measured.unevenness ?? 0);
  list.add("running_share", measured.runningNotes / notes);
  list.add("running_step", measured.step ?? 0);
  const deviations = within(reading.runs, start, end).map(({ deviation }) => deviation);
  list.addDistribution("run_deviation", deviations);
  list.add("run_deviation_size", rootMeanSquare(deviations));
  list.add("chord_spread_median", measured.possibleChordSpread ?? 0);
  list.add("chord_share", measured.possibleChords / notes);
  list.add("melody_over", measured.melodyOver ?? 0);
  list.add("note_range", measured.noteRange ?? 0);
  list.add("duration_ratio", measured.durationRatio ?? 0);
  list.add("detached_share", measured.detached ?? 0);
  list.add("overlapped_share", measured.overlapped ?? 0);
  list.add("sustained_share", measured.sustained ?? 0);
  list.add("blur", measured.blur ?? 0);
  list.add("harmony_changes_per_second", measured.changes / seconds);
  list.add("restarts", measured.possibleRestarts);
  list.add("doubled_share", measured.doubled / notes);
  list.add("tempo_change", measured.fittedTempoChange ?? 0);
  list.add("beat_deviation", measured.beatDeviation ?? 0);
  list.add("pulse_clarity", reading.pulse.clarity);
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length));
}
