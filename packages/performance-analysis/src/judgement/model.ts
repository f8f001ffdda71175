import { DIMENSIONS, PERCEPTUAL_SCALES } from "@crescendai/contracts";
import { KNOTS } from "./feature-space.ts";
import type { KernelRegression, LandmarkWeights } from "./kernel-regression.ts";
import { type ModelArray, type ModelFile, readModelFile, writeModelFile } from "./model-file.ts";
import type { NoteLevelModel } from "./note-level.ts";

/** How ratings are spread, and how wide the intervals around predictions must be. */
export interface Calibration {
  /** Mean and standard deviation of each scale's ratings in the data. */
  readonly means: Float32Array;
  readonly deviations: Float32Array;
  /** Half-width of the interval that held 80 % of unseen ratings, of each scale. */
  readonly halfWidths: Float32Array;
  /** Of each dimension's composite of true ratings: standard deviation; and half-width of the 80 % interval. */
  readonly compositeDeviations: Float32Array;
  readonly compositeHalfWidths: Float32Array;
  /** How near its nearest landmark a sound of the data usually is, 0 to 1: nine in ten are nearer. */
  readonly usualFamiliarity: number;
}

/** Everything that was fitted to data. */
export interface ListeningModel {
  /** Says which fit this is: part of `model_version`. */
  readonly version: string;
  readonly noteLevel: NoteLevelModel;
  /** From features to the 19 scales. */
  readonly scales: KernelRegression;
  readonly calibration: Calibration;
}

/** The bytes of a model, for `parseListeningModel`. */
export function formatListeningModel(model: ListeningModel): Uint8Array {
  const { version, noteLevel, scales, calibration } = model;
  const sizes = {
    level_inputs: noteLevel.inputs,
    level_hidden: noteLevel.hidden,
    features: scales.features,
    landmarks: scales.landmarks,
    gamma: scales.gamma,
    usual_familiarity: calibration.usualFamiliarity,
  };
  return writeModelFile(
    { version, ...sizes },
    new Map<string, ModelArray>([
      ["level_mean", noteLevel.mean],
      ["level_scale", noteLevel.scale],
      ["level_weights", noteLevel.weights],
      ["knots", scales.space.knots],
      ["feature_weights", scales.space.weights],
      ["bias", scales.bias],
      ["laplacian_counts", scales.laplacianWeights.counts],
      ["laplacian_steps", scales.laplacianWeights.steps],
      ["arc_cosine_counts", scales.arcCosineWeights.counts],
      ["arc_cosine_steps", scales.arcCosineWeights.steps],
      ["positions", scales.positions],
      ["rating_means", calibration.means],
      ["rating_deviations", calibration.deviations],
      ["half_widths", calibration.halfWidths],
      ["composite_deviations", calibration.compositeDeviations],
      ["composite_half_widths", calibration.compositeHalfWidths],
    ]),
  );
}

/** Reads a model's bytes. Throws if they are something else: a model is part of the program, not user input. */
export function parseListeningModel(bytes: Uint8Array): ListeningModel {
  const file = readModelFile(bytes);
  const features = numberOf(file, "features");
  const landmarks = numberOf(file, "landmarks");
  const inputs = numberOf(file, "level_inputs");
  const hidden = numberOf(file, "level_hidden");
  const outputs = PERCEPTUAL_SCALES.length;
  const { version } = file.header;
  if (typeof version !== "string") throw new Error("the model has no version");
  return {
    version,
    noteLevel: {
      inputs,
      hidden,
      mean: floats(file, "level_mean", inputs),
      scale: floats(file, "level_scale", inputs),
      weights: floats(file, "level_weights", hidden * (inputs + 2) + 1),
    },
    scales: {
      features,
      landmarks,
      outputs,
      space: {
        knots: floats(file, "knots", features * KNOTS),
        weights: floats(file, "feature_weights", features),
      },
      bias: floats(file, "bias", outputs),
      positions: arrayOf(file, "positions", Int8Array, landmarks * features),
      gamma: numberOf(file, "gamma"),
      laplacianWeights: landmarkWeights(file, "laplacian", landmarks, outputs),
      arcCosineWeights: landmarkWeights(file, "arc_cosine", landmarks, outputs),
    },
    calibration: {
      means: floats(file, "rating_means", outputs),
      deviations: floats(file, "rating_deviations", outputs),
      halfWidths: floats(file, "half_widths", outputs),
      compositeDeviations: floats(file, "composite_deviations", DIMENSIONS.length),
      compositeHalfWidths: floats(file, "composite_half_widths", DIMENSIONS.length),
      usualFamiliarity: numberOf(file, "usual_familiarity"),
    },
  };
}

function numberOf({ header }: ModelFile, name: string): number {
  const value = header[name];
  if (typeof value !== "number") throw new Error(`the model has no ${name}`);
  return value;
}

function landmarkWeights(
  file: ModelFile,
  kernel: string,
  landmarks: number,
  outputs: number,
): LandmarkWeights {
  return {
    counts: arrayOf(file, `${kernel}_counts`, Int16Array, landmarks * outputs),
    steps: floats(file, `${kernel}_steps`, outputs),
  };
}

function floats(file: ModelFile, name: string, length: number): Float32Array {
  return arrayOf(file, name, Float32Array, length);
}

function arrayOf<Kind extends ModelArray>(
  { arrays }: ModelFile,
  name: string,
  kind: new (length: number) => Kind,
  length: number,
): Kind {
  const array = arrays.get(name);
  if (!(array instanceof kind) || array.length !== length)
    throw new Error(`the model's ${name} is of another shape`);
  return array;
}
