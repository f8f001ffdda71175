import { comparePositions, type Kernel } from "@crescendai/performance-analysis/judgement";
import { solvePositiveDefinite } from "./linear-algebra.ts";
import { sumOuterProducts } from "./matrix-kernel.ts";
import type { PlacedSamples } from "./places.ts";

/** Keeps the system solvable where two landmarks lie at one place. */
const LEAST_RIDGE = 1e-6;

/** A kernel, and how its regression is held back. */
export interface KernelSettings {
  readonly kernel: Kernel;
  /** Strength of the ridge, for samples of weight 1. */
  readonly ridge: number;
}

/** Values of one kernel. */
interface KernelTable {
  readonly settings: KernelSettings;
  /** Of each sample at each landmark. */
  readonly values: readonly Float32Array[];
  /** Of each segment at each landmark: the sum of its samples in training. */
  readonly segmentValues: ReadonlyMap<number, Float64Array>;
  /** Of each landmark at each landmark. */
  readonly landmarkValues: readonly Float32Array[];
  /** Σ kkᵀ of the values k of all samples in training, at all landmarks: the lower half. */
  readonly normal: Float64Array;
}

/** Kernel values of all samples at all landmarks: what every round of a cross-validation shares. */
export interface PreparedKernels {
  readonly samples: PlacedSamples;
  readonly positions: Int8Array;
  readonly landmarks: number;
  /** The segment of each landmark. */
  readonly landmarkSegment: Int32Array;
  readonly tables: readonly KernelTable[];
}

/**
 * Puts landmarks at the mean of each segment's copies of a kind, as far as they are in training, and computes all kernel values.
 */
export function prepareKernels(samples: PlacedSamples, kernels: readonly KernelSettings[]): PreparedKernels {
  const { inTraining, places } = samples;
  const width = places[0].length;
  const { landmarkSegment, positions } = placeLandmarks(samples);
  const landmarks = landmarkSegment.length;
  const tables = kernels.map((settings) => {
    const at = (position: Float32Array) =>
      Float32Array.from({ length: landmarks }, (_, landmark) =>
        settings.kernel(comparePositions(position, positions, landmark * width)),
      );
    const values = places.map(at);
    const landmarkValues = Array.from({ length: landmarks }, (_, landmark) =>
      at(Float32Array.from(positions.subarray(landmark * width, (landmark + 1) * width))),
    );
    const normal = sumOuterProducts(
      inTraining.map((sample) => values[sample]),
      landmarks,
    );
    return { settings, values, segmentValues: sumBySegment(samples, values), landmarkValues, normal };
  });
  return { samples, positions, landmarks, landmarkSegment, tables };
}

function sumBySegment(
  { segment, inTraining }: PlacedSamples,
  values: readonly Float32Array[],
): Map<number, Float64Array> {
  const sums = new Map<number, Float64Array>();
  for (const sample of inTraining) {
    const sum = sums.get(segment[sample]) ?? new Float64Array(values[sample].length);
    values[sample].forEach((value, landmark) => {
      sum[landmark] += value;
    });
    sums.set(segment[sample], sum);
  }
  return sums;
}

/** One landmark for each segment and kind, at the mean place of their samples. */
function placeLandmarks({ segment, kind, inTraining, places }: PlacedSamples): {
  readonly landmarkSegment: Int32Array;
  readonly positions: Int8Array;
} {
  const groups = [...Map.groupBy(inTraining, (sample) => `${segment[sample]} ${kind[sample]}`).values()];
  const width = places[0].length;
  const positions = new Int8Array(groups.length * width);
  groups.forEach((members, landmark) => {
    for (let index = 0; index < width; index += 1) {
      const sum = members.reduce((total, sample) => total + places[sample][index], 0);
      positions[landmark * width + index] = Math.round(sum / members.length);
    }
  });
  return { landmarkSegment: Int32Array.from(groups, ([first]) => segment[first]), positions };
}

/** Weights of the landmarks and bias, from the samples of the segments that have targets. */
export interface KernelFit {
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
export function fitKernels(prepared: PreparedKernels, targets: ReadonlyMap<number, Float64Array>): KernelFit {
  const active = [...prepared.landmarkSegment.keys()].filter((landmark) =>
    targets.has(prepared.landmarkSegment[landmark]),
  );
  const bias = meanTarget(targets);
  const weights = prepared.tables.map((table) => fitTable(prepared, table, targets, active, bias));
  return { active, weights, bias };
}

function fitTable(
  { samples }: PreparedKernels,
  { settings, values, segmentValues, landmarkValues, normal: whole }: KernelTable,
  targets: ReadonlyMap<number, Float64Array>,
  active: readonly number[],
  bias: Float64Array,
): Float64Array {
  const outputs = bias.length;
  const landmarks = landmarkValues.length;
  const n = active.length;
  // Few samples are left out of a round: to take them off is faster than to add up the others.
  const leftOut = samples.inTraining.filter((sample) => !targets.has(samples.segment[sample]));
  const normal = sumOuterProducts(
    leftOut.map((sample) => Float32Array.from(active, (landmark) => values[sample][landmark])),
    n,
  );
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const penalty = settings.ridge * landmarkValues[active[i]][active[j]];
      normal[i * n + j] = whole[active[i] * landmarks + active[j]] - normal[i * n + j] + penalty;
    }
    normal[i * n + i] += LEAST_RIDGE;
  }
  const right = new Float64Array(n * outputs);
  for (const [segment, target] of targets) {
    const sum = segmentValues.get(segment);
    if (sum === undefined) continue;
    for (let index = 0; index < n; index += 1)
      for (let output = 0; output < outputs; output += 1)
        right[index * outputs + output] += sum[active[index]] * (target[output] - bias[output]);
  }
  solvePositiveDefinite(normal, n, right, outputs);
  return right;
}

function meanTarget(targets: ReadonlyMap<number, Float64Array>): Float64Array {
  const rows = [...targets.values()];
  return rows[0].map((_, output) => rows.reduce((sum, row) => sum + row[output], 0) / rows.length);
}

/** What a fit with one of the kernels predicts for a sample. */
export function predictByKernel(
  { tables }: PreparedKernels,
  fit: KernelFit,
  table: number,
  sample: number,
): Float64Array {
  const outputs = Float64Array.from(fit.bias);
  fit.active.forEach((landmark, index) => {
    const value = tables[table].values[sample][landmark];
    for (let output = 0; output < outputs.length; output += 1)
      outputs[output] += value * fit.weights[table][index * outputs.length + output];
  });
  return outputs;
}
