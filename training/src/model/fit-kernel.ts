import {
  type FeatureSpace,
  type KernelRegression,
  laplacian,
  positionOf,
} from "@crescendai/performance-analysis/judgement";
import { layOutFeatures } from "./feature-space.ts";
import { addOuterProduct, solvePositiveDefinite } from "./linear-algebra.ts";

/** What is fitted to: several copies (renders) of each rated segment. */
export interface Samples {
  /** Features of each sample. */
  readonly features: readonly Float32Array[];
  /** Which segment each sample is a copy of. */
  readonly segment: Int32Array;
  /** Samples of one segment and one kind share a landmark, at their mean: the clean copy has its own. */
  readonly kind: Int32Array;
}

export interface KernelSettings {
  /** Width of the kernel. */
  readonly gamma: number;
  /** Strength of the ridge, for samples of weight 1. */
  readonly ridge: number;
}

/** Kernel values of all samples at all landmarks: what every round of a cross-validation shares. */
export interface PreparedKernel {
  readonly samples: Samples;
  readonly settings: KernelSettings;
  readonly space: FeatureSpace;
  readonly positions: Int8Array;
  readonly landmarks: number;
  /** The segment of each landmark. */
  readonly landmarkSegment: Int32Array;
  readonly width: number;
  /** Of each sample at each landmark. */
  readonly kernel: readonly Float32Array[];
  /** Of each landmark at each landmark. */
  readonly landmarkKernel: readonly Float32Array[];
}

/**
 * Lays out the features, puts landmarks at the mean of each segment's copies of a kind, and computes all kernel values.
 * Ratings aren't looked at. What isn't `inTraining` has no part in the layout, nor landmarks.
 */
export function prepareKernel(
  samples: Samples,
  settings: KernelSettings,
  inTraining: (sample: number) => boolean,
): PreparedKernel {
  const used = [...samples.features.keys()].filter(inTraining);
  const space = layOutFeatures(
    used.map((sample) => samples.features[sample]),
    used.map((sample) => samples.segment[sample]),
  );
  const width = space.weights.length;
  const places = samples.features.map((row) => positionOf(row, space));
  const groups = new Map<string, { readonly segment: number; readonly members: number[] }>();
  for (const sample of used) {
    const segment = samples.segment[sample];
    const key = `${segment} ${samples.kind[sample]}`;
    const group = groups.get(key) ?? { segment, members: [] };
    group.members.push(sample);
    groups.set(key, group);
  }
  const landmarkSegment = Int32Array.from([...groups.values()], ({ segment }) => segment);
  const landmarks = landmarkSegment.length;
  const positions = new Int8Array(landmarks * width);
  [...groups.values()].forEach(({ members }, landmark) => {
    for (let index = 0; index < width; index += 1) {
      const sum = members.reduce((total, sample) => total + places[sample][index], 0);
      positions[landmark * width + index] = Math.round(sum / members.length);
    }
  });
  const at = (position: Float32Array) =>
    Float32Array.from({ length: landmarks }, (_, landmark) =>
      laplacian(position, positions, landmark * width, settings.gamma),
    );
  const kernel = places.map(at);
  const landmarkKernel = Array.from({ length: landmarks }, (_, landmark) =>
    at(Float32Array.from(positions.subarray(landmark * width, (landmark + 1) * width))),
  );
  return {
    ...{ samples, settings, space, positions, landmarks, landmarkSegment },
    ...{ width, kernel, landmarkKernel },
  };
}

/** Weights of the landmarks and bias, from the samples and segments that `train` lets in. */
export interface Fit {
  /** Landmarks that take part. */
  readonly active: readonly number[];
  /** Weight of each active landmark for each output. */
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/**
 * Minimises Σ ‖K a + b − y‖² + λ aᵀ K_mm a (subset of regressors: Rasmussen & Williams 2006, eq. 8.11). Landmarks of segments
 * that aren't trained on take no part.
 *
 * @param targets y of each segment that is trained on, by segment.
 */
export function fitKernel(
  prepared: PreparedKernel,
  targets: ReadonlyMap<number, Float64Array>,
  trainSample: (sample: number) => boolean,
): Fit {
  const { samples, kernel, landmarkKernel, settings } = prepared;
  const active = [...prepared.landmarkSegment.keys()].filter((landmark) =>
    targets.has(prepared.landmarkSegment[landmark]),
  );
  const bias = meanTarget(targets);
  const outputs = bias.length;
  const n = active.length;
  const normal = new Float64Array(n * n);
  const right = new Float64Array(n * outputs);
  const row = new Float64Array(n);
  for (const sample of samples.segment.keys()) {
    const target = targets.get(samples.segment[sample]);
    if (target === undefined || !trainSample(sample)) continue;
    for (let index = 0; index < n; index += 1) row[index] = kernel[sample][active[index]];
    addOuterProduct(normal, row, n, 1);
    for (let index = 0; index < n; index += 1) {
      for (let output = 0; output < outputs; output += 1)
        right[index * outputs + output] += row[index] * (target[output] - bias[output]);
    }
  }
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1)
      normal[i * n + j] += settings.ridge * landmarkKernel[active[i]][active[j]];
    normal[i * n + i] += 1e-6;
  }
  solvePositiveDefinite(normal, n, right, outputs);
  return { active, weights: right, bias };
}

function meanTarget(targets: ReadonlyMap<number, Float64Array>): Float64Array {
  const rows = [...targets.values()];
  return rows[0].map((_, output) => rows.reduce((sum, row) => sum + row[output], 0) / rows.length);
}

/** What a fit predicts for a sample. */
export function predictSample(prepared: PreparedKernel, fit: Fit, sample: number): Float64Array {
  const outputs = Float64Array.from(fit.bias);
  fit.active.forEach((landmark, index) => {
    const near = prepared.kernel[sample][landmark];
    for (let output = 0; output < outputs.length; output += 1)
      outputs[output] += near * fit.weights[index * outputs.length + output];
  });
  return outputs;
}

/** The fit on all segments, in the form that the product reads. */
export function toRegression(prepared: PreparedKernel, fit: Fit): KernelRegression {
  return {
    features: prepared.width,
    landmarks: prepared.landmarks,
    outputs: fit.bias.length,
    space: prepared.space,
    positions: prepared.positions,
    weights: Float32Array.from(fit.weights),
    bias: Float32Array.from(fit.bias),
    gamma: prepared.settings.gamma,
  };
}
