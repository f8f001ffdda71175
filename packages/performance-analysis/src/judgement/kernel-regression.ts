import { type FeatureSpace, positionOf } from "./feature-space.ts";
import { arcCosine, laplacian } from "./kernels.ts";

/**
 * Two kernel ridge regressions over the positions of features (`positionOf`), each restricted to the same landmarks (subset of
 * regressors: Rasmussen & Williams 2006, §8.3.1), of whose predictions a weighted mean is taken: with the Laplacian kernel and
 * with the arc-cosine kernel. They err differently.
 */
export interface KernelRegression {
  /** Number of features, landmarks and outputs. */
  readonly features: number;
  readonly landmarks: number;
  readonly outputs: number;
  /** Where features lie among those of the data. */
  readonly space: FeatureSpace;
  /** Positions of the landmarks, landmark by landmark. */
  readonly positions: Int8Array;
  /** γ of the Laplacian kernel. */
  readonly gamma: number;
  /** What landmarks add by either kernel; the shares of the mean are in them. */
  readonly laplacianWeights: LandmarkWeights;
  readonly arcCosineWeights: LandmarkWeights;
  /** What is predicted where no landmark adds anything. */
  readonly bias: Float32Array;
}

/** What each landmark adds to each output, times its kernel value: a whole number of steps. */
export interface LandmarkWeights {
  /** Landmark by landmark. */
  readonly counts: Int16Array;
  /** Size of a step, of each output. */
  readonly steps: Float32Array;
}

/** Steps of an output's largest weight. */
const MOST_STEPS = 32_767;

/** Rounds weights, landmark by landmark, to 1/32767 of the largest one of their output. */
export function roundWeights(weights: Float64Array, outputs: number): LandmarkWeights {
  const largest = new Float32Array(outputs).fill(Number.EPSILON);
  weights.forEach((weight, index) => {
    largest[index % outputs] = Math.max(largest[index % outputs], Math.abs(weight));
  });
  const steps = largest.map((most) => most / MOST_STEPS);
  return {
    counts: Int16Array.from(weights, (weight, index) => {
      const count = Math.round(weight / steps[index % outputs]);
      return Math.max(-MOST_STEPS, Math.min(MOST_STEPS, count));
    }),
    steps,
  };
}

/**
 * Predicts all outputs for one vector of features. `familiarity` is the largest value of the Laplacian kernel, 0 to 1: how near
 * the nearest landmark is, so that what is unlike all of them can be told.
 */
export function predict(
  model: KernelRegression,
  features: ArrayLike<number>,
): { readonly outputs: Float32Array; readonly familiarity: number } {
  const position = positionOf(features, model.space);
  const near = laplacian(model.gamma);
  const byDistance = new Float64Array(model.landmarks);
  const byAngle = new Float64Array(model.landmarks);
  for (let landmark = 0; landmark < model.landmarks; landmark += 1) {
    const from = landmark * model.features;
    byDistance[landmark] = near(position, model.positions, from);
    byAngle[landmark] = arcCosine(position, model.positions, from);
  }
  const distanceSums = weightedSums(byDistance, model.laplacianWeights);
  const angleSums = weightedSums(byAngle, model.arcCosineWeights);
  return {
    outputs: model.bias.map((bias, output) => bias + distanceSums[output] + angleSums[output]),
    familiarity: byDistance.reduce((most, value) => Math.max(most, value), 0),
  };
}

/** Of each output, the sum of all landmarks' weights times their kernel values. */
function weightedSums(values: Float64Array, { counts, steps }: LandmarkWeights): Float64Array {
  const sums = new Float64Array(steps.length);
  values.forEach((value, landmark) => {
    const from = landmark * steps.length;
    for (let output = 0; output < steps.length; output += 1) sums[output] += value * counts[from + output];
  });
  return sums.map((sum, output) => sum * steps[output]);
}
