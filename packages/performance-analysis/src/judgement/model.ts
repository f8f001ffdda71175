import { DIMENSIONS, PERCEPTUAL_SCALES } from "@crescendai/contracts";
import { countedIn, KNOTS } from "./feature-space.ts";
import { type ModelArray, type ModelFile, readModelFile, writeModelFile } from "./model-file.ts";
import type { NoteLevelModel } from "./note-level.ts";
import type { RoundedWeights } from "./rounded-weights.ts";
import type { ScaleRegression } from "./scale-regression.ts";

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
  readonly scales: ScaleRegression;
  readonly calibration: Calibration;
}

/** The bytes of a model, for `parseListeningModel`. */
export function formatListeningModel(model: ListeningModel): Uint8Array {
  const { version, noteLevel, scales, calibration } = model;
  const { kernels, network } = scales;
  const sizes = {
    level_inputs: noteLevel.inputs,
    level_hidden: noteLevel.hidden,
    features: scales.space.weights.length,
    landmarks: kernels.landmarks,
    gamma: kernels.gamma,
    network_units: network.biases.length,
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
      ...roundedArrays("laplacian", kernels.laplacianWeights),
      ...roundedArrays("arc_cosine", kernels.arcCosineWeights),
      ["positions", kernels.positions],
      ...roundedArrays("network_input", network.inputWeights),
      ["network_biases", network.biases],
      ...roundedArrays("network_output", network.outputWeights),
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
    scales: parseScales(file),
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

function parseScales(file: ModelFile): ScaleRegression {
  const features = numberOf(file, "features");
  const landmarks = numberOf(file, "landmarks");
  const units = numberOf(file, "network_units");
  const outputs = PERCEPTUAL_SCALES.length;
  const space = {
    knots: floats(file, "knots", features * KNOTS),
    weights: floats(file, "feature_weights", features),
  };
  const counted = countedIn(space);
  return {
    space,
    bias: floats(file, "bias", outputs),
    kernels: {
      landmarks,
      positions: arrayOf(file, "positions", Int8Array, landmarks * counted),
      gamma: numberOf(file, "gamma"),
      laplacianWeights: roundedWeights(file, "laplacian", Int16Array, landmarks, outputs),
      arcCosineWeights: roundedWeights(file, "arc_cosine", Int16Array, landmarks, outputs),
    },
    network: {
      inputWeights: roundedWeights(file, "network_input", Int8Array, counted, units),
      biases: floats(file, "network_biases", units),
      outputWeights: roundedWeights(file, "network_output", Int16Array, units, outputs),
    },
  };
}

function numberOf({ header }: ModelFile, name: string): number {
  const value = header[name];
  if (typeof value !== "number") throw new Error(`the model has no ${name}`);
  return value;
}

function roundedArrays(
  name: string,
  { counts, steps }: RoundedWeights<Int8Array | Int16Array>,
): [string, ModelArray][] {
  return [
    [`${name}_counts`, counts],
    [`${name}_steps`, steps],
  ];
}

function roundedWeights<Counts extends Int8Array | Int16Array>(
  file: ModelFile,
  name: string,
  kind: new (length: number) => Counts,
  rows: number,
  columns: number,
): RoundedWeights<Counts> {
  return {
    counts: arrayOf(file, `${name}_counts`, kind, rows * columns),
    steps: floats(file, `${name}_steps`, columns),
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
