import { type Network, ONSET_INPUTS, runLayer } from "@crescendai/performance-analysis/transcription";
import { propagateBack, startingLayer, updateLayer } from "../model/network-layer.ts";
import { shuffle } from "../model/shuffle.ts";
import type { Random } from "../render/random.ts";
import { INPUT_STEPS, type OnsetSamples } from "./onset-samples.ts";

/** How a network is made. */
export interface OnsetNetworkShape {
  /** Units of the hidden layers; two follow, the odds' logarithm and the shift in frames. */
  readonly hidden: readonly number[];
  /** Passes over the samples. */
  readonly epochs: number;
}

/** The small network that sorts out what is no onset by far. */
export const SIEVE: OnsetNetworkShape = { hidden: [8], epochs: 4 };
/** The network that decides on the rest. */
export const JUDGE: OnsetNetworkShape = { hidden: [128, 32], epochs: 10 };

/** The odds' logarithm and the shift. */
const OUTPUTS = 2;
/** Samples a step, and the first step's size, which falls to 0 along half a cosine. */
const BATCH = 512;
const RATE = 0.002;
/** Weight decay. */
const DECAY = 1e-4;
/** Added to an input's standard deviation: an input that hardly varies isn't blown up. */
const LEAST_DEVIATION = 1e-3;

/**
 * Fits one of the networks: cross-entropy of the odds, and Huber's loss (threshold one frame) of the shift where there is an
 * onset. The same samples and seed give the same weights. `report` is called after each pass with the mean cross-entropy.
 */
export function fitOnsetNetwork(
  parts: readonly OnsetSamples[],
  { hidden, epochs }: OnsetNetworkShape,
  random: Random,
  report: (epoch: number, loss: number) => void,
): Network {
  const { means, scales } = moments(parts);
  const layers = [...hidden, OUTPUTS].map((units, index) =>
    startingLayer(hidden[index - 1] ?? ONSET_INPUTS, units, random),
  );
  const order = placesOf(parts);
  const input = new Float32Array(ONSET_INPUTS);
  const steps = epochs * Math.floor(order.length / BATCH);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    let loss = 0;
    for (let from = 0; from + BATCH <= order.length; from += BATCH) {
      for (const { gradient } of layers) gradient.fill(0);
      for (let at = from; at < from + BATCH; at += 1) loss += descend(order[at]);
      step += 1;
      const rate = RATE * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
      for (const layer of layers) updateLayer(layer, { rate, step, batch: BATCH, decay: DECAY });
    }
    report(epoch, loss / order.length);
  }
  return { means, scales, layers: layers.map(({ layer }) => layer) };

  /** Adds one sample's gradient; gives its cross-entropy. */
  function descend({ part, index }: Place): number {
    const { inputs, labels, shifts } = parts[part];
    const row = index * ONSET_INPUTS;
    for (let i = 0; i < ONSET_INPUTS; i += 1) {
      input[i] = (inputs[row + i] / INPUT_STEPS - means[i]) * scales[i];
    }
    let values: Float32Array = input;
    for (const [depth, layer] of layers.entries()) {
      runLayer(layer.layer, values, layer.output, depth + 1 < layers.length);
      values = layer.output;
    }
    const [odds, shift] = values;
    const label = labels[index];
    const probability = 1 / (1 + Math.exp(-odds));
    const last = layers[layers.length - 1];
    last.back[0] = probability - label;
    last.back[1] = label * Math.min(1, Math.max(-1, shift - shifts[index]));
    for (let depth = layers.length - 1; depth >= 0; depth -= 1) {
      const before = layers[depth - 1];
      propagateBack(layers[depth], before?.output ?? input, before?.back);
    }
    return -Math.log(Math.max(1e-12, label === 1 ? probability : 1 - probability));
  }
}

function moments(parts: readonly OnsetSamples[]): { means: Float32Array; scales: Float32Array } {
  const sums = new Float64Array(ONSET_INPUTS);
  const squares = new Float64Array(ONSET_INPUTS);
  let count = 0;
  for (const { inputs, labels } of parts) {
    for (let i = 0; i < inputs.length; i += 1) {
      const value = inputs[i] / INPUT_STEPS;
      sums[i % ONSET_INPUTS] += value;
      squares[i % ONSET_INPUTS] += value * value;
    }
    count += labels.length;
  }
  const means = Float32Array.from(sums, (sum) => sum / count);
  const scales = Float32Array.from(squares, (square, i) => {
    const variance = Math.max(0, square / count - (sums[i] / count) ** 2);
    return 1 / (Math.sqrt(variance) + LEAST_DEVIATION);
  });
  return { means, scales };
}

/** Where a sample is. */
interface Place {
  readonly part: number;
  readonly index: number;
}

function placesOf(parts: readonly OnsetSamples[]): Place[] {
  return parts.flatMap(({ labels }, part) => Array.from(labels, (_, index) => ({ part, index })));
}
