import { arcCosine, comparePositions, laplacian } from "./kernels.ts";
import { type RoundedWeights, weightedSums } from "./rounded-weights.ts";

/**
 * Two kernel ridge regressions, each restricted to the same landmarks (subset of regressors: Rasmussen & Williams 2006, §8.3.1):
 * with the Laplacian kernel and with the arc-cosine kernel.
 */
export interface KernelRegression {
  readonly landmarks: number;
  /** Positions of the landmarks, landmark by landmark. */
  readonly positions: Int8Array;
  /** γ of the Laplacian kernel. */
  readonly gamma: number;
  /** What landmarks add by either kernel, times its value: a row a landmark, a column an output. */
  readonly laplacianWeights: RoundedWeights<Int16Array>;
  readonly arcCosineWeights: RoundedWeights<Int16Array>;
}

/**
 * What all landmarks add to each output for a position; and the largest value of the Laplacian kernel, 0 to 1: how near the
 * nearest landmark is.
 */
export function sumKernels(
  { landmarks, positions, gamma, laplacianWeights, arcCosineWeights }: KernelRegression,
  position: Float32Array,
): { readonly sums: Float64Array; readonly nearest: number } {
  const near = laplacian(gamma);
  const byDistance = new Float64Array(landmarks);
  const byAngle = new Float64Array(landmarks);
  for (let landmark = 0; landmark < landmarks; landmark += 1) {
    const compared = comparePositions(position, positions, landmark * position.length);
    byDistance[landmark] = near(compared);
    byAngle[landmark] = arcCosine(compared);
  }
  const byAngleSums = weightedSums(byAngle, arcCosineWeights);
  return {
    sums: weightedSums(byDistance, laplacianWeights).map((sum, output) => sum + byAngleSums[output]),
    nearest: byDistance.reduce((most, value) => Math.max(most, value), 0),
  };
}
