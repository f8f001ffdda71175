import { type FeatureSpace, positionOf } from "./feature-space.ts";
import { type KernelRegression, sumKernels } from "./kernel-regression.ts";
import { type RectifiedNetwork, runNetwork } from "./rectified-network.ts";

/**
 * What listeners would rate, from features: the weighted mean of three regressions over the features' positions that err
 * differently, two with kernels and a network. Their shares of the mean are in their weights.
 */
export interface ScaleRegression {
  /** Where features lie among those of the data. */
  readonly space: FeatureSpace;
  readonly kernels: KernelRegression;
  readonly network: RectifiedNetwork;
  /** What is predicted where none of the three adds anything. */
  readonly bias: Float32Array;
}

/**
 * Predicts all outputs for one vector of features. `familiarity`, 0 to 1, says how near the nearest landmark is (the largest
 * value of the Laplacian kernel), so that what is unlike all of them can be told.
 */
export function predict(
  { space, kernels, network, bias }: ScaleRegression,
  features: ArrayLike<number>,
): { readonly outputs: Float32Array; readonly familiarity: number } {
  const position = positionOf(features, space);
  const { sums, nearest } = sumKernels(kernels, position);
  const added = runNetwork(network, position);
  return {
    outputs: bias.map((start, output) => start + sums[output] + added[output]),
    familiarity: nearest,
  };
}
