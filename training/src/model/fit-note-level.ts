import type { NoteLevelModel } from "@crescendai/performance-analysis/judgement";
import type { Random } from "../render/random.ts";
import { shuffle } from "./shuffle.ts";

/** Inputs of notes, row by row, and what they should give. */
export interface LevelSamples {
  readonly width: number;
  readonly inputs: Float32Array;
  /** Level of each note in dB against its recording's median note. */
  readonly targets: Float32Array;
}

/** Hidden units: more brought nothing on held-out pianos. */
const HIDDEN = 24;
/** Passes over the samples, samples a step, and the first step's size, which falls to 0 along a half cosine. */
const EPOCHS = 12;
const BATCH = 64;
const RATE = 0.004;
/** Adam's decay rates and the constant that keeps its division finite (Kingma & Ba 2015, algorithm 1). */
const MOMENTUM = 0.9;
const MEMORY = 0.999;
const TINY = 1e-8;

/** Fits the note-level network by Adam on the squared error in dB. The same samples and seed give the same weights. */
export function fitNoteLevel({ width, inputs, targets }: LevelSamples, random: Random): NoteLevelModel {
  const { mean, scale } = moments(inputs, width);
  const size = HIDDEN * (width + 1) + HIDDEN + 1;
  const weights = new Float32Array(size);
  for (let unit = 0; unit < HIDDEN; unit += 1) {
    for (let index = 0; index < width; index += 1)
      weights[unit * (width + 1) + index] = random.normal() * Math.sqrt(2 / width);
    weights[HIDDEN * (width + 1) + unit] = random.normal() * Math.sqrt(1 / HIDDEN);
  }
  const gradient = new Float64Array(size);
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  const order = Int32Array.from(targets, (_, index) => index);
  const steps = EPOCHS * Math.floor(order.length / BATCH);
  const input = new Float32Array(width);
  const hidden = new Float32Array(HIDDEN);
  let step = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, random);
    for (let from = 0; from + BATCH <= order.length; from += BATCH) {
      gradient.fill(0);
      for (let index = from; index < from + BATCH; index += 1) addGradient(order[index]);
      step += 1;
      const rate = RATE * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
      for (let index = 0; index < size; index += 1) {
        const g = gradient[index] / BATCH;
        first[index] = MOMENTUM * first[index] + (1 - MOMENTUM) * g;
        second[index] = MEMORY * second[index] + (1 - MEMORY) * g * g;
        const m = first[index] / (1 - MOMENTUM ** step);
        const v = second[index] / (1 - MEMORY ** step);
        weights[index] -= (rate * m) / (Math.sqrt(v) + TINY);
      }
    }
  }
  return { inputs: width, hidden: HIDDEN, mean, scale, weights };

  function addGradient(sample: number): void {
    for (let index = 0; index < width; index += 1)
      input[index] = (inputs[sample * width + index] - mean[index]) * scale[index];
    const out = HIDDEN * (width + 1);
    let output = weights[size - 1];
    for (let unit = 0; unit < HIDDEN; unit += 1) {
      let sum = weights[unit * (width + 1) + width];
      for (let index = 0; index < width; index += 1)
        sum += weights[unit * (width + 1) + index] * input[index];
      hidden[unit] = Math.max(0, sum);
      output += hidden[unit] * weights[out + unit];
    }
    const error = output - targets[sample];
    gradient[size - 1] += error;
    for (let unit = 0; unit < HIDDEN; unit += 1) {
      if (hidden[unit] === 0) continue;
      gradient[out + unit] += error * hidden[unit];
      const back = error * weights[out + unit];
      const at = unit * (width + 1);
      for (let index = 0; index < width; index += 1) gradient[at + index] += back * input[index];
      gradient[at + width] += back;
    }
  }
}

function moments(inputs: Float32Array, width: number) {
  const mean = new Float32Array(width);
  const scale = new Float32Array(width);
  const rows = inputs.length / width;
  for (let column = 0; column < width; column += 1) {
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < rows; row += 1) {
      const value = inputs[row * width + column];
      sum += value;
      squares += value * value;
    }
    mean[column] = sum / rows;
    const variance = squares / rows - mean[column] ** 2;
    scale[column] = variance > 1e-9 ? 1 / Math.sqrt(variance) : 0;
  }
  return { mean, scale };
}
