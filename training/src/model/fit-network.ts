import { type RectifiedNetwork, roundNetwork } from "@crescendai/performance-analysis/judgement";
import { mean, standardDeviation } from "simple-statistics";
import type { Random } from "../render/random.ts";
import { COLUMN_BLOCK, createMatrixKernel, type MatrixKernel } from "./matrix-kernel.ts";
import { type FittedValues, updateLayer } from "./network-layer.ts";
import { shuffle } from "./shuffle.ts";

/** What a network is fitted to, sample by sample. */
export interface NetworkSamples {
  readonly inputs: readonly Float32Array[];
  readonly targets: readonly Float64Array[];
}

/** A network, its weights rounded as the product has them, and what its outputs begin with. */
export interface FittedNetwork {
  readonly network: RectifiedNetwork;
  readonly bias: Float64Array;
}

/** Units. */
const UNITS = 64;
/** Passes over the samples, samples a step, and the first step's size, which falls to 0 along half a cosine. */
const EPOCHS = 50;
const BATCH = 128;
const RATE = 0.003;
/**
 * How often, of 256 times, an input and a unit are left out of a sample's step, so that none is relied on (dropout: Srivastava
 * et al. 2014).
 */
const INPUT_FACTORS = factorsOf(51);
const UNIT_FACTORS = factorsOf(77);
/** By how much weights shrink at a step, times its size (decoupled weight decay: Loshchilov & Hutter 2019, algorithm 2). */
const SHRINKAGE = 0.1;

/**
 * Fits a network with one layer of rectified units by Adam on the squared error of standardised targets. The same samples and
 * seed give the same weights. Throws where there are no samples.
 *
 * @param inputScale what inputs are multiplied by for the fit, so that they vary by about 1.
 */
export function fitNetwork(
  { inputs, targets }: NetworkSamples,
  inputScale: number,
  random: Random,
): FittedNetwork {
  if (inputs.length === 0) throw new Error("there is nothing to fit to");
  const standard = standardise(targets);
  const scaled = inputs.map((row) => row.map((value) => inputScale * value));
  const size = Math.min(BATCH, inputs.length);
  const net = createNetwork(inputs[0].length, standard.means.length, size, random);
  const order = Uint32Array.from(inputs.keys());
  // What is left over of a pass has its turn in another: the order is another.
  const batches = Math.floor(order.length / size);
  const steps = EPOCHS * batches;
  let step = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, random);
    for (let batch = 0; batch < batches; batch += 1) {
      const samples = order.subarray(batch * size, (batch + 1) * size);
      samples.forEach((sample, row) => {
        net.input.set(scaled[sample], row * net.width);
        net.target.set(standard.rows[sample], row * net.columns);
      });
      addUpGradient(net, size, random);
      step += 1;
      const rate = RATE * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
      for (const layer of [net.hidden, net.last]) {
        shrink(layer, 1 - rate * SHRINKAGE);
        updateLayer(layer, { rate, step, batch: size, decay: 0 });
      }
    }
  }
  return asFitted(net, inputScale, standard);
}

/** A network while it's fitted, and a batch's numbers: matrices, row by row. */
interface FittedLayers {
  readonly kernel: MatrixKernel;
  readonly width: number;
  /** Outputs, and with them those that are there to fill the last block of columns: they stay 0. */
  readonly outputs: number;
  readonly columns: number;
  /** Weights lie input by input. */
  readonly hidden: FittedValues;
  readonly last: FittedValues;
  /** A row a sample. */
  readonly input: Float32Array;
  readonly units: Float32Array;
  readonly output: Float32Array;
  readonly target: Float32Array;
  /** What the loss rises by with each unit's sum. */
  readonly back: Float32Array;
  /** The last layer's weights, output by output. */
  readonly turned: Float32Array;
}

/** A network of small random weights: deviation √(2 / inputs), for rectified units (He et al. 2015). */
function createNetwork(width: number, outputs: number, batch: number, random: Random): FittedLayers {
  const columns = Math.ceil(outputs / COLUMN_BLOCK) * COLUMN_BLOCK;
  const perSample = width + 2 * UNITS + 2 * columns;
  const kernel = createMatrixKernel(
    2 * (UNITS * (width + 1) + columns * (UNITS + 1)) + batch * perSample + columns * UNITS,
    10,
  );
  const layer = (rows: number, used: number, places: number): FittedValues => {
    const values = kernel.allot((rows + 1) * places);
    for (let row = 0; row < rows; row += 1)
      for (let place = 0; place < used; place += 1)
        values[row * places + place] = random.normal() * Math.sqrt(2 / rows);
    return {
      layer: { weights: values.subarray(0, rows * places) },
      values,
      gradient: kernel.allot(values.length),
      first: new Float32Array(values.length),
      second: new Float32Array(values.length),
    };
  };
  return {
    kernel,
    width,
    outputs,
    columns,
    hidden: layer(width, UNITS, UNITS),
    last: layer(UNITS, outputs, columns),
    input: kernel.allot(batch * width),
    units: kernel.allot(batch * UNITS),
    output: kernel.allot(batch * columns),
    target: kernel.allot(batch * columns),
    back: kernel.allot(batch * UNITS),
    turned: kernel.allot(columns * UNITS),
  };
}

/** Works out the gradient of half the squared error of a batch, whose inputs and targets are there. */
function addUpGradient(net: FittedLayers, batch: number, random: Random): void {
  const { kernel, width, columns, hidden, last, input, units, output, target, back, turned } = net;
  dropOut(input, INPUT_FACTORS, random);
  kernel.multiply(input, hidden.values, units, { rows: batch, inner: width, columns: UNITS });
  addBiases(units, hidden, UNITS);
  for (let i = 0; i < units.length; i += 1) if (units[i] < 0) units[i] = 0;
  dropOut(units, UNIT_FACTORS, random);
  kernel.multiply(units, last.values, output, { rows: batch, inner: UNITS, columns });
  addBiases(output, last, columns);
  for (let i = 0; i < output.length; i += 1) output[i] -= target[i];
  kernel.multiplyTransposed(units, output, last.gradient, { rows: UNITS, inner: batch, columns });
  sumColumns(output, last, columns);
  for (let unit = 0; unit < UNITS; unit += 1)
    for (let column = 0; column < columns; column += 1)
      turned[column * UNITS + unit] = last.values[unit * columns + column];
  kernel.multiply(output, turned, back, { rows: batch, inner: columns, columns: UNITS });
  for (let i = 0; i < back.length; i += 1) back[i] *= units[i] === 0 ? 0 : UNIT_FACTORS[255];
  kernel.multiplyTransposed(input, back, hidden.gradient, { rows: width, inner: batch, columns: UNITS });
  sumColumns(back, hidden, UNITS);
}

/**
 * What a value is multiplied by, by a random byte: some of them set it to 0, the others enlarge it, so that a sum of many is to be
 * expected the same.
 */
function factorsOf(dropout: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, byte) => (byte < dropout ? 0 : 256 / (256 - dropout)));
}

function dropOut(values: Float32Array, factors: Float32Array, random: Random): void {
  let bytes = 0;
  for (let i = 0; i < values.length; i += 1) {
    // A draw has 32 bits: enough for four values.
    bytes = i % 4 === 0 ? (random.next() * 2 ** 32) | 0 : bytes >> 8;
    values[i] *= factors[bytes & 255];
  }
}

function addBiases(rows: Float32Array, { layer, values }: FittedValues, columns: number): void {
  const biases = values.subarray(layer.weights.length);
  for (let from = 0; from < rows.length; from += columns)
    for (let column = 0; column < columns; column += 1) rows[from + column] += biases[column];
}

/** The gradient of a layer's biases: the sum of all rows. */
function sumColumns(rows: Float32Array, { layer, gradient }: FittedValues, columns: number): void {
  const sums = gradient.subarray(layer.weights.length);
  sums.fill(0);
  for (let from = 0; from < rows.length; from += columns)
    for (let column = 0; column < columns; column += 1) sums[column] += rows[from + column];
}

function shrink({ layer: { weights } }: FittedValues, factor: number): void {
  for (let i = 0; i < weights.length; i += 1) weights[i] *= factor;
}

/** Targets of mean 0 and deviation 1 each, and what they were. */
interface Standardised {
  readonly rows: readonly Float32Array[];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

function standardise(targets: readonly Float64Array[]): Standardised {
  const columns = Array.from(targets[0], (_, output) => targets.map((row) => row[output]));
  const means = columns.map((column) => mean(column));
  const deviations = columns.map((column) => standardDeviation(column));
  // A target that never differs is 0, and what the network makes of it comes to 0.
  const rows = targets.map((row) =>
    Float32Array.from(row, (value, output) => (value - means[output]) / (deviations[output] || 1)),
  );
  return { rows, means, deviations };
}

/** The network for inputs and targets as they were. */
function asFitted(
  { width, outputs, columns, hidden, last }: FittedLayers,
  inputScale: number,
  { means, deviations }: Standardised,
): FittedNetwork {
  const { values } = last;
  return {
    network: roundNetwork({
      inputWeights: Float64Array.from(hidden.layer.weights, (weight) => inputScale * weight),
      biases: Float64Array.from(hidden.values.subarray(width * UNITS)),
      outputWeights: Float64Array.from({ length: UNITS * outputs }, (_, at) => {
        const output = at % outputs;
        return deviations[output] * values[Math.floor(at / outputs) * columns + output];
      }),
    }),
    bias: Float64Array.from(
      means,
      (middle, output) => middle + deviations[output] * values[UNITS * columns + output],
    ),
  };
}
