import { type Analysis, DIMENSIONS, entriesOf, PERCEPTUAL_SCALES, type Section } from "@crescendai/contracts";
import { extractFeatures } from "../features/extract-features.ts";
import type { Spectrogram } from "../features/spectrogram.ts";
import { heldOverBeside } from "../music/held-over.ts";
import type { Span } from "../music/levels.ts";
import { type MeasuredScores, measuredScores } from "../music/measured-scores.ts";
import type { NoteReading } from "../music/note-reading.ts";
import type { SpanMeasurements } from "../music/span-measurements.ts";
import { round } from "../signal/statistics.ts";
import { judgeDimensions, type Unmeasurable } from "./judge-dimensions.ts";
import { averageReadings, judgeScales, type ScaleReading } from "./judge-scales.ts";
import type { ListeningModel } from "./model.ts";

/** A recording as the judgement sees it. */
export interface JudgedRecording {
  readonly reading: NoteReading;
  readonly spectrogram: Spectrogram;
  /** What is judged of it, in seconds. */
  readonly played: Span;
  /** Measures a stretch, in seconds. */
  readonly measure: (start: number, end: number) => SpanMeasurements;
  /** What is played, measured. */
  readonly whole: SpanMeasurements;
  /** Why a dimension can't be measured in this recording, where the recording is to blame. */
  readonly unmeasurable: Unmeasurable;
}

export type Judgement = Pick<Analysis, "dimensions" | "perception" | "perception_uncertainty">;

/**
 * Seconds of a stretch that is judged in one piece: the rated performances lasted 6 to 80 s, half of them 12 to 26 s, and
 * what a distribution of note lengths means depends on how long it was gathered. Longer recordings are judged in pieces of
 * about the middle length.
 */
const LONGEST_PIECE = 45;
const USUAL_PIECE = 22;
/** Least that is judged: shorter than any rated performance, a stretch has too few notes for its features to be stable. */
const SHORTEST_PIECE = 5;
const LEAST_NOTES = 12;

/** Judges the whole recording. */
export function judgeRecording(model: ListeningModel, recording: JudgedRecording): Judgement {
  const rated = rateWhole(model, recording);
  const measured = measuredScores(recording.whole);
  const dimensions = judgeDimensions(rated, measured, model.calibration, recording.unmeasurable);
  if (rated === null) return { dimensions, perception: null, perception_uncertainty: null };
  const { halfWidths } = model.calibration;
  return {
    dimensions,
    perception: entriesOf(PERCEPTUAL_SCALES, (_, scale) => round(rated.values[scale], 3)),
    perception_uncertainty: entriesOf(PERCEPTUAL_SCALES, (_, scale) =>
      round(Math.min(1, halfWidths[scale] * rated.widening), 3),
    ),
  };
}

/** How a section stands against the whole, in points; null where one of both has no score. */
export function judgeSection(
  model: ListeningModel,
  recording: JudgedRecording,
  { start, end }: Pick<Section, "start" | "end">,
  whole: Analysis["dimensions"],
): Section["against_whole"] {
  const rated = rate(model, recording, start, end);
  const passage = comparable(recording.measure(start, end), recording.whole);
  const measured: MeasuredScores = measuredScores(passage);
  const dimensions = judgeDimensions(rated, measured, model.calibration);
  return entriesOf(DIMENSIONS, (dimension) => {
    const here = dimensions[dimension];
    const everywhere = whole[dimension];
    // Only like with like: a section that could only be rated isn't held against a whole that was measured too.
    if (here.score === null || everywhere.score === null || here.basis !== everywhere.basis) return null;
    return round(here.score - everywhere.score, 1);
  });
}

/** A passage's measurements, in which as much is held over as in the whole, unless its own notes surely tell otherwise. */
function comparable(passage: SpanMeasurements, whole: SpanMeasurements): SpanMeasurements {
  if (whole.heldOver === null) return passage;
  const heldOver =
    passage.heldOver === null ? whole.heldOver : heldOverBeside(passage.heldOver, whole.heldOver);
  return { ...passage, heldOver };
}

function rateWhole(model: ListeningModel, recording: JudgedRecording): ScaleReading | null {
  const { start, end } = recording.played;
  const seconds = end - start;
  if (seconds <= LONGEST_PIECE) return rate(model, recording, start, end);
  const pieces = Math.round(seconds / USUAL_PIECE);
  const length = seconds / pieces;
  const readings = Array.from({ length: pieces }, (_, piece) => {
    const reading = rate(model, recording, start + piece * length, start + (piece + 1) * length);
    return reading === null ? [] : [{ reading, seconds: length }];
  });
  return averageReadings(readings.flat());
}

function rate(
  model: ListeningModel,
  { reading, spectrogram }: JudgedRecording,
  start: number,
  end: number,
): ScaleReading | null {
  if (end - start < SHORTEST_PIECE) return null;
  const begun = reading.notes.filter(({ onset }) => onset >= start && onset < end);
  if (begun.length < LEAST_NOTES) return null;
  return judgeScales(model, extractFeatures(reading, spectrogram, start, end));
}
