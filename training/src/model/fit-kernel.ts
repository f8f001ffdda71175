import {
  FEATURE_LIMIT,
  type KernelRegression,
  LANDMARK_STEPS,
  laplacian,
  standardise,
} from "@crescendai/performance-analysis/judgement";
import { addOuterProduct, solvePositiveDefinite } from "./linear-algebra.ts";

/** What is fitted to: several copies (renders) of each rated segment. */
export interface Samples {
  /** Features of each sample. */
  readonly features: readonly Float32Array[];
  /** Which segment each sample is a copy of. */
  readonly segment: Int32Array;
  /** Samples of one segment and one kind share a landmark, at their mean: the clean copy has its own. */
  readonly kind: Int32Array;
  /** Ratings of each segment. */
  readonly ratings: readonly Float64Array[];
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
  readonly mean: Float32Array;
  readonly scale: Float32Array;
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
 * Standardises the features, lays landmarks at the mean of each segment's copies of a kind, and computes all kernel values.
 * Ratings aren't looked at. What isn't `inTraining` gives neither mean and scale nor landmarks.
 */
export function prepareKernel(
  samples: Samples,
  settings: KernelSettings,
  inTraining: (sample: number) => boolean,
): PreparedKernel {
  const width = samples.features[0].length;
  const used = samples.features.filter((_, sample) => inTraining(sample));
  const mean = new Float32Array(width);
  const scale = new Float32Array(width);
  for (let index = 0; index < width; index += 1) {
    let sum = 0;
    for (const row of used) sum += row[index];
    const middle = sum / used.length;
    let squares = 0;
    for (const row of used) squares += (row[index] - middle) ** 2;
    const deviation = Math.sqrt(squares / used.length);
    mean[index] = middle;
    scale[index] = deviation > 1e-9 ? 1 / deviation : 0;
  }
  const standardised = samples.features.map((row) => standardise(row, mean, scale));
  const groups = new Map<string, { readonly segment: number; readonly members: number[] }>();
  for (const sample of standardised.keys()) {
    if (!inTraining(sample)) continue;
    const segment = samples.segment[sample];
    const key = `${segment} ${samples.kind[sample]}`;
    const group = groups.get(key) ?? { segment, members: [] };
    group.members.push(sample);
    groups.set(key, group);
  }
  const landmarkSegment = Int32Array.from([...groups.values()], ({ segment }) => segment);
  const landmarks = landmarkSegment.length;
  const limit = FEATURE_LIMIT * LANDMARK_STEPS;
  const positions = new Int8Array(landmarks * width);
  [...groups.values()].forEach(({ members }, landmark) => {
    for (let index = 0; index < width; index += 1) {
      const sum = members.reduce((total, sample) => total + standardised[sample][index], 0);
      const position = Math.round(sum / members.length);
      positions[landmark * width + index] = Math.max(-limit, Math.min(limit, position));
    }
  });
  const at = (position: Float32Array) =>
    Float32Array.from({ length: landmarks }, (_, landmark) =>
      laplacian(position, positions, landmark * width, settings.gamma),
    );
  const kernel = standardised.map(at);
  const landmarkKernel = Array.from({ length: landmarks }, (_, landmark) =>
    at(Float32Array.from(positions.subarray(landmark * width, (landmark + 1) * width))),
  );
  return {
    ...{ samples, settings, mean, scale, positions, landmarks, landmarkSegment },
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
 * Minimises Σ ‖K a + b − y‖² + λ aᵀ K_mm a (subset of regressors: Rasmussen & Williams 2006, eq. 8.11). Landmarks of
 * segments that aren't trained on take no part.
 */
export function fitKernel(
  prepared: PreparedKernel,
  trainSegment: (segment: number) => boolean,
  trainSample: (sample: number) => boolean,
): Fit {
  const { samples, kernel, landmarkKernel, settings } = prepared;
  const outputs = samples.ratings[0].length;
  const active = [...prepared.landmarkSegment.keys()].filter((landmark) =>
    trainSegment(prepared.landmarkSegment[landmark]),
  );
  const trained = samples.ratings.flatMap((_, segment) => (trainSegment(segment) ? [segment] : []));
  const chosen = [...samples.segment.keys()].filter(
    (sample) => trainSegment(samples.segment[sample]) && trainSample(sample),
  );
  const bias = new Float64Array(outputs);
  for (const segment of trained)
    for (let output = 0; output < outputs; output += 1)
      bias[output] += samples.ratings[segment][output] / trained.length;
  const n = active.length;
  const normal = new Float64Array(n * n);
  const right = new Float64Array(n * outputs);
  const row = new Float64Array(n);
  for (const sample of chosen) {
    const segment = samples.segment[sample];
    for (let index = 0; index < n; index += 1) row[index] = kernel[sample][active[index]];
    addOuterProduct(normal, row, n, 1);
    for (let index = 0; index < n; index += 1) {
      for (let output = 0; output < outputs; output += 1)
        right[index * outputs + output] += row[index] * (samples.ratings[segment][output] - bias[output]);
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
    mean: prepared.mean,
    scale: prepared.scale,
    positions: prepared.positions,
    weights: Float32Array.from(fit.weights),
    bias: Float32Array.from(fit.bias),
    gamma: prepared.settings.gamma,
  };
}
