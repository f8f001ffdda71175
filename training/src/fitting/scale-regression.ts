import {
  arcCosine,
  laplacian,
  POSITION_STEPS,
  roundWeights,
  runNetwork,
  type ScaleRegression,
} from "@crescendai/performance-analysis/judgement";
import {
  fitKernels,
  type KernelFit,
  type PreparedKernels,
  predictByKernel,
  prepareKernels,
} from "../model/fit-kernel.ts";
import { type FittedNetwork, fitNetwork } from "../model/fit-network.ts";
import { type PlacedSamples, placeSamples, type Samples } from "../model/places.ts";
import { createRandom } from "../render/random.ts";

/** γ of the Laplacian kernel; it, ridges and shares are the best of a coarse grid, by passage on the unseen piano in a room. */
const GAMMA = 1.4;
const BY_DISTANCE = {
  name: `kernel ridge regression with a Laplacian kernel, γ ${GAMMA}`,
  share: 0.42,
  kernel: laplacian(GAMMA),
  ridge: 0.15,
};
const BY_ANGLE = {
  name: "kernel ridge regression with the arc-cosine kernel of two layers",
  share: 0.28,
  kernel: arcCosine,
  ridge: 0.06,
};
const NETWORK = { name: "a network with one layer of rectified units", share: 0.3 };

/** What the mean is taken of, as the model card calls it, and its part of the mean. */
export const SCALE_PARTS: readonly { readonly name: string; readonly share: number }[] = [
  BY_DISTANCE,
  BY_ANGLE,
  NETWORK,
];

/** Samples and their kernel values: what every round of a cross-validation shares. */
export interface PreparedScales {
  readonly samples: PlacedSamples;
  readonly kernels: PreparedKernels;
}

/** Lays out features and computes kernel values; what isn't `trained` has no part in any fit. Ratings aren't looked at. */
export function prepareScales(samples: Samples, trained: (sample: number) => boolean): PreparedScales {
  const placed = placeSamples(samples, trained);
  return { samples: placed, kernels: prepareKernels(placed, [BY_DISTANCE, BY_ANGLE]) };
}

/** The three regressions from features to the 19 scales. */
export interface ScaleFit {
  readonly kernels: KernelFit;
  readonly network: FittedNetwork;
}

/**
 * Fits all three to the samples of the segments that have targets.
 *
 * @param targets of each segment that is trained on, by segment.
 */
export function fitScales(
  { samples, kernels }: PreparedScales,
  targets: ReadonlyMap<number, Float64Array>,
): ScaleFit {
  const fitted = samples.inTraining.flatMap((sample) => {
    const target = targets.get(samples.segment[sample]);
    return target === undefined ? [] : [{ input: samples.places[sample], target }];
  });
  return {
    kernels: fitKernels(kernels, targets),
    network: fitNetwork(
      { inputs: fitted.map(({ input }) => input), targets: fitted.map(({ target }) => target) },
      1 / POSITION_STEPS,
      createRandom("scale network"),
    ),
  };
}

/** What a fit predicts for a sample on all scales: the mean by the shares. */
export function predictScales(
  { samples, kernels }: PreparedScales,
  { kernels: fit, network }: ScaleFit,
  sample: number,
): Float64Array {
  const byDistance = predictByKernel(kernels, fit, 0, sample);
  const byAngle = predictByKernel(kernels, fit, 1, sample);
  const added = runNetwork(network.network, samples.places[sample]);
  return byDistance.map(
    (value, output) =>
      BY_DISTANCE.share * value +
      BY_ANGLE.share * byAngle[output] +
      NETWORK.share * (network.bias[output] + added[output]),
  );
}

/** A fit in the form that the product reads. */
export function toRegression({ samples, kernels }: PreparedScales, fit: ScaleFit): ScaleRegression {
  const { bias, weights } = fit.kernels;
  const rounded = (table: number, share: number) =>
    roundWeights(
      weights[table].map((weight) => share * weight),
      bias.length,
      Int16Array,
    );
  const { network, bias: networkBias } = fit.network;
  const { counts, steps } = network.outputWeights;
  return {
    space: samples.space,
    kernels: {
      landmarks: kernels.landmarks,
      positions: kernels.positions,
      gamma: GAMMA,
      laplacianWeights: rounded(0, BY_DISTANCE.share),
      arcCosineWeights: rounded(1, BY_ANGLE.share),
    },
    network: { ...network, outputWeights: { counts, steps: steps.map((step) => NETWORK.share * step) } },
    bias: Float32Array.from(
      bias,
      (middle, output) => (1 - NETWORK.share) * middle + NETWORK.share * networkBias[output],
    ),
  };
}
