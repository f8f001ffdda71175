import { type Network, runLayer } from "@crescendai/performance-analysis/transcription";
import type { Random } from "../render/random.ts";
import { propagateBack, startingLayer, updateLayer } from "./network-layer.ts";
import { shuffle } from "./shuffle.ts";

/** Something known to be of the kind that is looked for, or not. */
export interface LabelledSample {
  readonly inputs: ArrayLike<number>;
  readonly positive: boolean;
  /** How much it counts. */
  readonly weight: number;
}

export interface ClassifierOptions {
  /** Units of the hidden layers; none for a logistic regression. */
  readonly hidden: readonly number[];
  readonly epochs: number;
  /** Weight decay. */
  readonly decay: number;
}

/** Samples a step, and the first step's size, which falls to 0 along half a cosine. */
const BATCH = 64;
const RATE = 0.004;
/** Added to an input's standard deviation: an input that hardly varies isn't blown up. */
const LEAST_DEVIATION = 1e-3;

/**
 * Fits a network with one output, the logarithm of the odds that a sample is positive, to the least weighted cross-entropy.
 * The same samples and seed give the same weights. Throws where there are no samples.
 */
export function fitClassifier(
  samples: readonly LabelledSample[],
  { hidden, epochs, decay }: ClassifierOptions,
  random: Random,
): Network {
  if (samples.length === 0) throw new Error("there is nothing to fit to");
  const width = samples[0].inputs.length;
  const { means, scales } = standardisation(samples, width);
  const units = [...hidden, 1];
  const layers = units.map((count, index) => startingLayer(units[index - 1] ?? width, count, random));
  const order = Uint32Array.from(samples, (_, index) => index);
  const typical = samples.reduce((sum, { weight }) => sum + weight, 0) / samples.length;
  const input = new Float32Array(width);
  const steps = epochs * Math.ceil(order.length / BATCH);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (let from = 0; from < order.length; from += BATCH) {
      for (const { gradient } of layers) gradient.fill(0);
      for (const index of order.subarray(from, from + BATCH)) descend(samples[index]);
      step += 1;
      const rate = RATE * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
      for (const layer of layers) updateLayer(layer, { rate, step, batch: BATCH * typical, decay });
    }
  }
  return { means, scales, layers: layers.map(({ layer }) => layer) };

  /** Adds one sample's gradient. */
  function descend({ inputs, positive, weight }: LabelledSample): void {
    for (let i = 0; i < width; i += 1) input[i] = (inputs[i] - means[i]) * scales[i];
    let values: Float32Array = input;
    for (const [depth, { layer, output }] of layers.entries()) {
      runLayer(layer, values, output, depth + 1 < layers.length);
      values = output;
    }
    const probability = 1 / (1 + Math.exp(-values[0]));
    layers[layers.length - 1].back[0] = weight * (probability - (positive ? 1 : 0));
    for (let depth = layers.length - 1; depth >= 0; depth -= 1) {
      const before = layers[depth - 1];
      propagateBack(layers[depth], before?.output ?? input, before?.back);
    }
  }
}

function standardisation(samples: readonly LabelledSample[], width: number) {
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  let total = 0;
  for (const { inputs, weight } of samples) {
    for (let i = 0; i < width; i += 1) {
      sums[i] += weight * inputs[i];
      squares[i] += weight * inputs[i] ** 2;
    }
    total += weight;
  }
  const means = Float32Array.from(sums, (sum) => sum / total);
  const scales = Float32Array.from(squares, (square, i) => {
    const variance = Math.max(0, square / total - (sums[i] / total) ** 2);
    return 1 / (Math.sqrt(variance) + LEAST_DEVIATION);
  });
  return { means, scales };
}
