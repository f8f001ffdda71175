import type { Dimension } from "@crescendai/contracts";
import { clamp } from "../signal/statistics.ts";
import type { SpanMeasurements } from "./span-measurements.ts";

/** A score from 0 to 100 and the half-width of its 80 % interval, in points. */
export type MeasuredScore = { readonly score: number; readonly uncertainty: number };

/** The dimensions that are measured directly. */
export type MeasuredDimension = Extract<
  Dimension,
  "rhythmic_precision" | "dynamics_control" | "articulation_quality" | "pedaling_technique" | "note_accuracy"
>;

export type MeasuredScores = { readonly [Name in MeasuredDimension]: MeasuredScore | null };

/** Rises from 0 towards `most`, with the slope `most / scale` at first. */
function saturating(value: number, most: number, scale: number): number {
  return most * (1 - Math.exp(-Math.max(0, value) / scale));
}

/** Scores what was measured. Null where too little speaks to a dimension. Each formula is monotone in each of its terms. */
export function measuredScores(measured: SpanMeasurements): MeasuredScores {
  return {
    rhythmic_precision: rhythmicPrecision(measured),
    dynamics_control: dynamicsControl(measured),
    articulation_quality: articulationQuality(measured),
    pedaling_technique: pedalingTechnique(measured),
    note_accuracy: noteAccuracy(measured),
  };
}

/** More uncertain the fewer there are to measure: `least` for many, twice that for `few`. */
function widened(least: number, count: number, few: number): number {
  return least * Math.sqrt(1 + (3 * few) / Math.max(1, count));
}

function score(value: number, uncertainty: number): MeasuredScore {
  return { score: clamp(value, 0, 100), uncertainty };
}

function rhythmicPrecision(measured: SpanMeasurements): MeasuredScore | null {
  const { unevenness, runningNotes, step, tempoChange, chordSpread, beatDeviation } = measured;
  const uneven = unevenness ?? (beatDeviation === null ? null : beatDeviation * 0.35);
  if (uneven === null) return null;
  const slow = Math.sqrt(Math.max(1, (step ?? 0) / 0.35));
  const drift = Math.abs(tempoChange ?? 0);
  const loose = chordSpread === null ? 0 : saturating(chordSpread - 0.025, 8, 0.04);
  const value =
    94 - saturating(uneven / slow - 0.003, 62, 0.065) - saturating(drift - 0.04, 30, 0.22) - loose;
  return score(value, widened(5, unevenness === null ? 4 : runningNotes, 4));
}

function dynamicsControl({ dynamicShape, voicing, seconds }: SpanMeasurements): MeasuredScore | null {
  if (dynamicShape === null) return null;
  const shaped = saturating(dynamicShape, 42, 7);
  const balance = voicing === null ? 0 : 1.8 * clamp(voicing.lead - 3, -12, 9);
  return score(43 + shaped + balance, widened(6, voicing?.notes ?? seconds / 4, 5));
}

function articulationQuality(measured: SpanMeasurements): MeasuredScore | null {
  const { detached, sustained, touches, heldOver } = measured;
  if (detached === null || sustained === null) return null;
  const value = 90 - 45 * detached - saturating((heldOver?.share ?? 0) - 0.15, 40, 0.1);
  return score(value, widened(6, touches, 6) * (1 + sustained));
}

function pedalingTechnique(measured: SpanMeasurements): MeasuredScore | null {
  const { heardBlur, heardChanges, sustained } = measured;
  if (heardBlur === null || sustained === null) return null;
  const used = clamp(sustained / 0.2, 0, 1) * clamp(1 - heardBlur / 0.15, 0, 1);
  // Dry playing is read as up to 0.07, most of all in live rooms.
  return score(80 + 6 * used - saturating(heardBlur - 0.07, 55, 0.24), widened(7, heardChanges, 6));
}

function noteAccuracy({ restarts, doubled, notes, seconds }: SpanMeasurements): MeasuredScore | null {
  if (notes < 20 || seconds < 5) return null;
  const perMinute = (60 * restarts) / Math.max(30, seconds);
  return score(82 - saturating(perMinute, 40, 5) - saturating(doubled / notes, 25, 0.05), 12);
}
