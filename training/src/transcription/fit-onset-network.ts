import {
  type Network,
  type NetworkLayer,
  ONSET_INPUTS,
  runLayer,
} from "@crescendai/performance-analysis/transcription";
import type { Random } from "../render/random.ts";
import { INPUT_STEPS, type OnsetSamples } from "./onset-samples.ts";

/** Units of each layer after the inputs: the last two are the odds' logarithm and the shift in frames. */
const UNITS = [48, 16, 2] as const;
/** Passes over the samples, samples a step, and the first step's size, which falls to 0 along half a cosine. */
const EPOCHS = 16;
const BATCH = 512;
const RATE = 0.002;
/** Weight decay. */
const DECAY = 1e-5;
/** Adam's decay rates and the constant that keeps its division finite (Kingma & Ba 2015, algorithm 1). */
const MOMENTUM = 0.9;
const MEMORY = 0.999;
const TINY = 1e-8;
/** Added to an input's standard deviation: an input that hardly varies isn't blown up. */
const LEAST_DEVIATION = 1e-3;

/** A layer while it's fitted: weights unit by unit, then biases, and what Adam remembers of both. */
interface FittedLayer {
  /** The layer as it is run: views of `values`. */
  readonly layer: NetworkLayer;
  readonly values: Float32Array;
  readonly gradient: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly output: Float32Array;
  /** What the loss rises by per unit of each output. */
  readonly back: Float32Array;
}

/**
 * Fits the onset network: cross-entropy of the odds, and Huber's loss (threshold one frame) of the shift where there is an
 * onset. The same samples and seed give the same weights. `report` is called after each pass with the mean cross-entropy.
 */
export function fitOnsetNetwork(
  parts: readonly OnsetSamples[],
  random: Random,
  report: (epoch: number, loss: number) => void,
): Network {
  const { means, scales } = moments(parts);
  const layers = UNITS.map((units, index) => startingLayer(UNITS[index - 1] ?? ONSET_INPUTS, units, random));
  const order = placesOf(parts);
  const input = new Float32Array(ONSET_INPUTS);
  const steps = EPOCHS * Math.floor(order.length / BATCH);
  let step = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, random);
    let loss = 0;
    for (let from = 0; from + BATCH <= order.length; from += BATCH) {
      for (const { gradient } of layers) gradient.fill(0);
      for (let at = from; at < from + BATCH; at += 1) loss += descend(order[at]);
      step += 1;
      const rate = RATE * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
      for (const layer of layers) update(layer, rate, step);
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
      backward(layers[depth], before?.output ?? input, before?.back);
    }
    return -Math.log(Math.max(1e-12, label === 1 ? probability : 1 - probability));
  }
}

/** A layer of small random weights: deviation √(2 / inputs), for rectified layers (He et al. 2015). */
function startingLayer(inputs: number, units: number, random: Random): FittedLayer {
  const count = inputs * units;
  const values = new Float32Array(count + units);
  for (let i = 0; i < count; i += 1) values[i] = random.normal() * Math.sqrt(2 / inputs);
  return {
    layer: { inputs, units, weights: values.subarray(0, count), biases: values.subarray(count) },
    values,
    gradient: new Float32Array(values.length),
    first: new Float32Array(values.length),
    second: new Float32Array(values.length),
    output: new Float32Array(units),
    back: new Float32Array(units),
  };
}

/** Adds the layer's gradient, and works out that of the layer before, whose outputs are `from`. */
function backward(
  { layer: { inputs, units }, values, gradient, back }: FittedLayer,
  from: Float32Array,
  before: Float32Array | undefined,
): void {
  before?.fill(0);
  for (let unit = 0; unit < units; unit += 1) {
    const amount = back[unit];
    if (amount === 0) continue;
    const row = unit * inputs;
    gradient[inputs * units + unit] += amount;
    for (let i = 0; i < inputs; i += 1) gradient[row + i] += amount * from[i];
    if (before !== undefined) for (let i = 0; i < inputs; i += 1) before[i] += amount * values[row + i];
  }
  if (before !== undefined) for (let i = 0; i < inputs; i += 1) if (from[i] === 0) before[i] = 0;
}

function update(
  { layer: { weights }, values, gradient, first, second }: FittedLayer,
  rate: number,
  step: number,
): void {
  for (let i = 0; i < values.length; i += 1) {
    const g = gradient[i] / BATCH + (i < weights.length ? DECAY * values[i] : 0);
    first[i] = MOMENTUM * first[i] + (1 - MOMENTUM) * g;
    second[i] = MEMORY * second[i] + (1 - MEMORY) * g * g;
    const mean = first[i] / (1 - MOMENTUM ** step);
    const square = second[i] / (1 - MEMORY ** step);
    values[i] -= (rate * mean) / (Math.sqrt(square) + TINY);
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

function shuffle(places: Place[], random: Random): void {
  for (let i = places.length - 1; i > 0; i -= 1) {
    const other = Math.floor(random.next() * (i + 1));
    [places[i], places[other]] = [places[other], places[i]];
  }
}
