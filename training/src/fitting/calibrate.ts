import { DIMENSIONS, type Dimension } from "@crescendai/contracts";
import { type Calibration, ratedComposite } from "@crescendai/performance-analysis/judgement";
import { meanOf } from "../evaluation/scores.ts";

/** Share of unseen ratings that an interval is to hold. */
const COVERAGE = 0.8;

/**
 * Split-conformal intervals (Vovk et al. 2005; Lei et al. 2018, §2): the 80 % quantile, with the finite-sample
 * correction, of out-of-fold errors, in the conditions in which the product works (unseen passage, piano, room).
 */
export function calibrate(
  ratings: readonly Float64Array[],
  predictions: readonly Float64Array[],
): Omit<Calibration, "usualFamiliarity"> {
  const scales = ratings[0].length;
  const means = new Float32Array(scales);
  const deviations = new Float32Array(scales);
  const halfWidths = new Float32Array(scales);
  for (let scale = 0; scale < scales; scale += 1) {
    const column = ratings.map((row) => row[scale]);
    means[scale] = meanOf(column);
    deviations[scale] = deviationOf(column);
    halfWidths[scale] = coveringQuantile(
      ratings.map((row, item) => Math.abs(row[scale] - predictions[item][scale])),
    );
  }
  const composites = (rows: readonly Float64Array[], dimension: Dimension) =>
    rows.map((row) => ratedComposite(dimension, row, means, deviations));
  const compositeDeviations = new Float32Array(DIMENSIONS.length);
  const compositeHalfWidths = new Float32Array(DIMENSIONS.length);
  DIMENSIONS.forEach((dimension, index) => {
    const truth = composites(ratings, dimension);
    const predicted = composites(predictions, dimension);
    compositeDeviations[index] = deviationOf(truth);
    compositeHalfWidths[index] = coveringQuantile(
      truth.map((value, item) => Math.abs(value - predicted[item])),
    );
  });
  return { means, deviations, halfWidths, compositeDeviations, compositeHalfWidths };
}

function coveringQuantile(errors: readonly number[]): number {
  const sorted = [...errors].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(COVERAGE * (sorted.length + 1)) - 1)];
}

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}
