import {
  type Analysis,
  DIMENSIONS,
  type Dimension,
  type DimensionReading,
  entriesOf,
  PERCEPTUAL_SCALES,
} from "@crescendai/contracts";
import type { MeasuredScore, MeasuredScores } from "../music/measured-scores.ts";
import { round } from "../signal/statistics.ts";
import { DIMENSION_BASES, MIDDLE_SCORE, POINTS_PER_DEVIATION, ratedComposite } from "./dimension-mapping.ts";
import type { ScaleReading } from "./judge-scales.ts";
import type { Calibration } from "./model.ts";

/** Why dimensions couldn't be measured, as sentences. */
export type Unmeasurable = { readonly [Name in Dimension]?: string };

/** Why a dimension has no score although there is music: what it rests on wasn't there. */
const UNMEASURED: Unmeasurable = {
  note_accuracy: "Too few notes were recognised to say how fluently they were played.",
  rhythmic_precision:
    "No steady pulse and too few running notes: neither evenness nor tempo could be measured.",
  dynamics_control: "Too short, or too few notes, to say how its loudness is shaped.",
  articulation_quality: "Too few notes follow each other closely enough to say how they are joined.",
  pedaling_technique: "The harmony changes too seldom to say how the pedal follows it.",
};
const UNRATED = "What was heard is not enough for the model of listeners' ratings to judge.";

/**
 * The twelve dimensions from what was measured and what listeners would rate, by `DIMENSION_BASES`: the shares add up,
 * the half-widths in quadrature, as the errors of measuring and of rating have nothing to do with each other.
 *
 * @param unmeasurable what is said in place of the usual reason where a dimension has no score.
 */
export function judgeDimensions(
  rated: ScaleReading | null,
  measured: MeasuredScores,
  calibration: Calibration,
  unmeasurable: Unmeasurable = {},
): Analysis["dimensions"] {
  const reasons = { ...UNMEASURED, ...unmeasurable };
  return entriesOf(DIMENSIONS, (dimension) =>
    judgeDimension(dimension, rated, measured, calibration, reasons[dimension] ?? UNRATED),
  );
}

function judgeDimension(
  dimension: Dimension,
  rated: ScaleReading | null,
  measured: MeasuredScores,
  calibration: Calibration,
  reason: string,
): DimensionReading {
  const share = DIMENSION_BASES[dimension].measured;
  const byMeasure = share > 0 ? measuredOf(dimension, measured) : null;
  const byRating = share < 1 && rated !== null ? ratedScore(dimension, rated, calibration) : null;
  // What is meant to rest mostly on measurement isn't made up from ratings alone.
  if (byMeasure === null && (share > 0.5 || byRating === null))
    return { score: null, uncertainty: null, basis: null, reason };
  if (byMeasure === null && byRating !== null) return reading(byRating, "rated");
  if (byMeasure !== null && byRating === null) return reading(byMeasure, "measured");
  if (byMeasure === null || byRating === null) throw new Error("unreachable: both were looked at");
  return reading(
    {
      score: share * byMeasure.score + (1 - share) * byRating.score,
      uncertainty: Math.hypot(share * byMeasure.uncertainty, (1 - share) * byRating.uncertainty),
    },
    "both",
  );
}

function reading({ score, uncertainty }: MeasuredScore, basis: DimensionReading["basis"]): DimensionReading {
  return {
    score: round(Math.max(0, Math.min(100, score)), 1),
    uncertainty: round(uncertainty, 1),
    basis,
    reason: null,
  };
}

function ratedScore(dimension: Dimension, rated: ScaleReading, calibration: Calibration): MeasuredScore {
  const index = DIMENSIONS.indexOf(dimension);
  const scales = DIMENSION_BASES[dimension].isOfTime === true ? rated.values : rated.atUsualTiming;
  const composite = ratedComposite(dimension, scales, calibration.means, calibration.deviations);
  const points = POINTS_PER_DEVIATION / calibration.compositeDeviations[index];
  return {
    score: MIDDLE_SCORE + points * composite,
    uncertainty: points * calibration.compositeHalfWidths[index] * rated.widening,
  };
}

/** The measured score of a dimension; for one that sums up the others, the mean of those that could be measured. */
function measuredOf(dimension: Dimension, measured: MeasuredScores): MeasuredScore | null {
  switch (dimension) {
    case "note_accuracy":
    case "rhythmic_precision":
    case "dynamics_control":
    case "articulation_quality":
    case "pedaling_technique":
      return measured[dimension];
    default: {
      const known = Object.values(measured).filter((score) => score !== null);
      if (known.length === 0) return null;
      return {
        score: known.reduce((sum, { score }) => sum + score, 0) / known.length,
        uncertainty: Math.hypot(...known.map(({ uncertainty }) => uncertainty)) / known.length,
      };
    }
  }
}

/**
 * The dimensions with another reading of the 19 scales in place of the one that they were judged by; what was measured
 * stays, and what usual timing makes of it: a score moves by as much as both readings differ. Of a composite of scales the
 * half-widths add up: listeners' scales err together.
 */
export function rejudgeDimensions(
  dimensions: Analysis["dimensions"],
  before: ScaleValues,
  after: ScaleValues,
  uncertainty: ScaleValues,
  calibration: Calibration,
): Analysis["dimensions"] {
  return entriesOf(DIMENSIONS, (dimension, index) => {
    const judged = dimensions[dimension];
    if (judged.score === null || judged.uncertainty === null || judged.basis === "measured") return judged;
    const { measured, rated } = DIMENSION_BASES[dimension];
    const share = judged.basis === "both" ? 1 - measured : 1;
    const points = POINTS_PER_DEVIATION / calibration.compositeDeviations[index];
    let moved = 0;
    let width = 0;
    PERCEPTUAL_SCALES.forEach((scale, at) => {
      const weight = (rated[scale] ?? 0) / calibration.deviations[at];
      moved += weight * (after[scale] - before[scale]);
      width += Math.abs(weight) * uncertainty[scale];
    });
    const own = share * points * calibration.compositeHalfWidths[index];
    const measuring = Math.sqrt(Math.max(0, judged.uncertainty ** 2 - own ** 2));
    const score = judged.score + share * points * moved;
    return reading({ score, uncertainty: Math.hypot(measuring, share * points * width) }, judged.basis);
  });
}

/** A number for each of the 19 scales. */
type ScaleValues = NonNullable<Analysis["perception"]>;
