import { type FeatureSpace, type Kernel, positionOf } from "@crescendai/performance-analysis/judgement";
import { layOutFeatures } from "./feature-space.ts";
import { addOuterProduct, solvePositiveDefinite } from "./linear-algebra.ts";

/** Keeps the system solvable where two landmarks lie at one place. */
const LEAST_RIDGE = 1e-6;

/** What is fitted to: several copies (renders) of each rated segment. */
export interface Samples {
  /** Features of each sample. */
  readonly features: readonly Float32Array[];
  /** Which segment each sample is a copy of. */
  readonly segment: Int32Array;
  /** Samples of one segment and one kind share a landmark, at their mean: the clean copy has its own. */
  readonly kind: Int32Array;
}

/** One of the kernels of whose predictions a mean is taken. */
export interface KernelSettings {
  /** How the model card calls it. */
  readonly name: string;
  readonly kernel: Kernel;
  /** Strength of the ridge, for samples of weight 1. */
  readonly ridge: number;
  /** Its part of the mean. */
  readonly share: number;
}

/** Values of one kernel. */
interface KernelTable {
  readonly settings: KernelSettings;
  /** Of each sample at each landmark. */
  readonly values: readonly Float32Array[];
  /** Of each landmark at each landmark. */
  readonly landmarkValues: readonly Float32Array[];
  /** Σ kkᵀ of the values k of all samples in training, at all landmarks: the lower half. */
  readonly normal: Float64Array;
}

/** Kernel values of all samples at all landmarks: what every round of a cross-validation shares. */
export interface PreparedKernels {
  readonly samples: Samples;
  readonly space: FeatureSpace;
  /** Numbers of the samples that a fit may be made to. */
  readonly inTraining: readonly number[];
  readonly positions: Int8Array;
  readonly landmarks: number;
  /** The segment of each landmark. */
  readonly landmarkSegment: Int32Array;
  readonly width: number;
  readonly tables: readonly KernelTable[];
}

/**
 * Lays out the features, puts landmarks at the mean of each segment's copies of a kind, and computes all kernel values.
 * Ratings aren't looked at. What isn't `trained` has no part in the layout, in landmarks or in any fit.
 */
export function prepareKernels(
  samples: Samples,
  kernels: readonly KernelSettings[],
  trained: (sample: number) => boolean,
): PreparedKernels {
  const inTraining = [...samples.features.keys()].filter(trained);
  const space = layOutFeatures(
    inTraining.map((sample) => samples.features[sample]),
    inTraining.map((sample) => samples.segment[sample]),
  );
  const width = space.weights.length;
  const places = samples.features.map((row) => positionOf(row, space));
  const { landmarkSegment, positions } = placeLandmarks(samples, inTraining, places);
  const landmarks = landmarkSegment.length;
  const tables = kernels.map((settings) => {
    const at = (position: Float32Array) =>
      Float32Array.from({ length: landmarks }, (_, landmark) =>
        settings.kernel(position, positions, landmark * width),
      );
    const values = places.map(at);
    const landmarkValues = Array.from({ length: landmarks }, (_, landmark) =>
      at(Float32Array.from(positions.subarray(landmark * width, (landmark + 1) * width))),
    );
    const normal = new Float64Array(landmarks ** 2);
    for (const sample of inTraining) addOuterProduct(normal, values[sample], landmarks, 1);
    return { settings, values, landmarkValues, normal };
  });
  return { samples, space, inTraining, positions, landmarks, landmarkSegment, width, tables };
}

/** One landmark for each segment and kind, at the mean place of their samples. */
function placeLandmarks(
  samples: Samples,
  inTraining: readonly number[],
  places: readonly Float32Array[],
): { readonly landmarkSegment: Int32Array; readonly positions: Int8Array } {
  const groups = [
    ...Map.groupBy(inTraining, (sample) => `${samples.segment[sample]} ${samples.kind[sample]}`).values(),
  ];
  const width = places[0].length;
  const positions = new Int8Array(groups.length * width);
  groups.forEach((members, landmark) => {
    for (let index = 0; index < width; index += 1) {
      const sum = members.reduce((total, sample) => total + places[sample][index], 0);
      positions[landmark * width + index] = Math.round(sum / members.length);
    }
  });
  return { landmarkSegment: Int32Array.from(groups, ([first]) => samples.segment[first]), positions };
}

/** Weights of the landmarks and bias, from the samples of the segments that have targets. */
export interface Fit {
  /** Landmarks that take part. */
  readonly active: readonly number[];
  /** By kernel: weight of each active landmark for each output. */
  readonly weights: readonly Float64Array[];
  readonly bias: Float64Array;
}

/**
 * Minimises Σ ‖K a + b − y‖² + λ aᵀ K_mm a for each kernel (subset of regressors: Rasmussen & Williams 2006, eq. 8.11).
 * Landmarks of segments that aren't trained on take no part.
 *
 * @param targets y of each segment that is trained on, by segment.
 */
export function fitKernels(prepared: PreparedKernels, targets: ReadonlyMap<number, Float64Array>): Fit {
  const active = [...prepared.landmarkSegment.keys()].filter((landmark) =>
    targets.has(prepared.landmarkSegment[landmark]),
  );
  const bias = meanTarget(targets);
  const weights = prepared.tables.map((table) => fitTable(prepared, table, targets, active, bias));
  return { active, weights, bias };
}

function fitTable(
  { samples, inTraining }: PreparedKernels,
  { settings, values, landmarkValues, normal: whole }: KernelTable,
  targets: ReadonlyMap<number, Float64Array>,
  active: readonly number[],
  bias: Float64Array,
): Float64Array {
  const outputs = bias.length;
  const landmarks = landmarkValues.length;
  const n = active.length;
  const normal = new Float64Array(n * n);
  const right = new Float64Array(n * outputs);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1)
      normal[i * n + j] =
        whole[active[i] * landmarks + active[j]] + settings.ridge * landmarkValues[active[i]][active[j]];
    normal[i * n + i] += LEAST_RIDGE;
  }
  for (const sample of inTraining) {
    const row = Float64Array.from(active, (landmark) => values[sample][landmark]);
    const target = targets.get(samples.segment[sample]);
    if (target === undefined) {
      // Few samples are left out of a round: to take them off is faster than to add up the others.
      addOuterProduct(normal, row, n, -1);
      continue;
    }
    for (let index = 0; index < n; index += 1) {
      for (let output = 0; output < outputs; output += 1)
        right[index * outputs + output] += row[index] * (target[output] - bias[output]);
    }
  }
  solvePositiveDefinite(normal, n, right, outputs);
  return right;
}

function meanTarget(targets: ReadonlyMap<number, Float64Array>): Float64Array {
  const rows = [...targets.values()];
  return rows[0].map((_, output) => rows.reduce((sum, row) => sum + row[output], 0) / rows.length);
}

/** What a fit predicts for a sample: the mean of all kernels' predictions by their shares. */
export function predictSample({ tables }: PreparedKernels, fit: Fit, sample: number): Float64Array {
  const outputs = Float64Array.from(fit.bias);
  tables.forEach(({ settings, values }, table) => {
    fit.active.forEach((landmark, index) => {
      const part = settings.share * values[sample][landmark];
      for (let output = 0; output < outputs.length; output += 1)
        outputs[output] += part * fit.weights[table][index * outputs.length + output];
    });
  });
  return outputs;
}
