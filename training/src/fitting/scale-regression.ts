import {
  arcCosine,
  type KernelRegression,
  laplacian,
  roundWeights,
} from "@crescendai/performance-analysis/judgement";
import type { Fit, KernelSettings, PreparedKernels } from "../model/fit-kernel.ts";

/** γ of the Laplacian kernel; it, ridges and shares are the best of a coarse grid, by passage on the unseen piano in a room. */
const GAMMA = 1.4;
const LAPLACIAN: KernelSettings = {
  name: `Laplacian kernel, γ ${GAMMA}`,
  kernel: laplacian(GAMMA),
  ridge: 0.15,
  share: 0.6,
};
const ARC_COSINE: KernelSettings = {
  name: "arc-cosine kernel of two layers",
  kernel: arcCosine,
  ridge: 0.06,
  share: 0.4,
};

/** The kernels from features to the 19 scales, in the order in which `toRegression` expects them. */
export const SCALE_KERNELS: readonly KernelSettings[] = [LAPLACIAN, ARC_COSINE];

/** A fit of `SCALE_KERNELS` in the form that the product reads. */
export function toRegression(prepared: PreparedKernels, fit: Fit): KernelRegression {
  const outputs = fit.bias.length;
  const [laplacianWeights, arcCosineWeights] = SCALE_KERNELS.map(({ share }, index) =>
    roundWeights(
      fit.weights[index].map((weight) => share * weight),
      outputs,
    ),
  );
  return {
    features: prepared.width,
    landmarks: prepared.landmarks,
    outputs,
    space: prepared.space,
    positions: prepared.positions,
    gamma: GAMMA,
    laplacianWeights,
    arcCosineWeights,
    bias: Float32Array.from(fit.bias),
  };
}
