/** Layers of a network while it is fitted. */

import type { NetworkLayer } from "@crescendai/performance-analysis/transcription";
import type { Random } from "../render/random.ts";

/** Adam's decay rates and the constant that keeps its division finite. */
const MOMENTUM = 0.9;
const MEMORY = 0.999;
const TINY = 1e-8;

/** Numbers while they are fitted: a layer's weights, then its biases, and what Adam remembers of both. */
export interface FittedValues {
  /** The first of `values`: biases don't decay. */
  readonly layer: { readonly weights: Float32Array };
  readonly values: Float32Array;
  readonly gradient: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** A layer while it's fitted: weights lie unit by unit. */
export interface FittedLayer extends FittedValues {
  /** The layer as it is run: views of `values`. */
  readonly layer: NetworkLayer;
  readonly output: Float32Array;
  /** What the loss rises by per unit of each output. */
  readonly back: Float32Array;
}

/** A layer of small random weights: deviation √(2 / inputs), for rectified layers (He et al. 2015). */
export function startingLayer(inputs: number, units: number, random: Random): FittedLayer {
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
export function propagateBack(
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

/** How a step goes down. */
export interface Step {
  /** Its size, and its number from 1 on. */
  readonly rate: number;
  readonly step: number;
  /** Sum of the weights of the samples whose gradients were added, and weight decay. */
  readonly batch: number;
  readonly decay: number;
}

/** Takes a step down the gradient that was added up, by Adam (Kingma & Ba 2015, algorithm 1). */
export function updateLayer(
  { layer: { weights }, values, gradient, first, second }: FittedValues,
  { rate, step, batch, decay }: Step,
): void {
  const begunMean = 1 - MOMENTUM ** step;
  const begunSquare = 1 - MEMORY ** step;
  for (let i = 0; i < values.length; i += 1) {
    const g = gradient[i] / batch + (i < weights.length ? decay * values[i] : 0);
    first[i] = MOMENTUM * first[i] + (1 - MOMENTUM) * g;
    second[i] = MEMORY * second[i] + (1 - MEMORY) * g * g;
    const mean = first[i] / begunMean;
    const square = second[i] / begunSquare;
    values[i] -= (rate * mean) / (Math.sqrt(square) + TINY);
  }
}
