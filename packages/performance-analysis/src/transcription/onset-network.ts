/** The networks that judge onset candidates: a few rectified layers, fitted to rendered performances whose notes are known. */

/** Weights of one layer: for each unit its inputs' weights in a row; a bias a unit. */
export interface NetworkLayer {
  readonly inputs: number;
  readonly units: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** The network: inputs are standardised, hidden layers rectified, the last layer is linear. */
export interface Network {
  /** Subtracted from each input. */
  readonly means: Float32Array;
  /** What it's then multiplied by. */
  readonly scales: Float32Array;
  readonly layers: readonly NetworkLayer[];
}

/** Works the network out for inputs that it may overwrite; what comes back is valid until the next call. */
export type NetworkRunner = (inputs: Float32Array) => Float32Array;

/** Makes a network ready to run, its memory allotted once. */
export function createNetworkRunner({ means, scales, layers }: Network): NetworkRunner {
  const outputs = layers.map(({ units }) => new Float32Array(units));
  return (inputs) => {
    for (let i = 0; i < means.length; i += 1) inputs[i] = (inputs[i] - means[i]) * scales[i];
    let values = inputs;
    for (const [index, layer] of layers.entries()) {
      const output = outputs[index];
      runLayer(layer, values, output, index + 1 < layers.length);
      values = output;
    }
    return values;
  };
}

/** Works one layer out; its outputs go to `output`, negative ones as 0 if it's rectified. */
export function runLayer(
  { inputs, units, weights, biases }: NetworkLayer,
  values: Float32Array,
  output: Float32Array,
  rectified: boolean,
): void {
  let unit = 0;
  // Four units at a time: the processor adds to one sum while it waits for the others.
  for (; unit + 4 <= units; unit += 4) {
    const row0 = unit * inputs;
    const row1 = row0 + inputs;
    const row2 = row1 + inputs;
    const row3 = row2 + inputs;
    let sum0 = biases[unit];
    let sum1 = biases[unit + 1];
    let sum2 = biases[unit + 2];
    let sum3 = biases[unit + 3];
    for (let i = 0; i < inputs; i += 1) {
      const value = values[i];
      sum0 += weights[row0 + i] * value;
      sum1 += weights[row1 + i] * value;
      sum2 += weights[row2 + i] * value;
      sum3 += weights[row3 + i] * value;
    }
    output[unit] = sum0;
    output[unit + 1] = sum1;
    output[unit + 2] = sum2;
    output[unit + 3] = sum3;
  }
  for (; unit < units; unit += 1) {
    const row = unit * inputs;
    let sum = biases[unit];
    for (let i = 0; i < inputs; i += 1) sum += weights[row + i] * values[i];
    output[unit] = sum;
  }
  if (rectified) for (let i = 0; i < units; i += 1) if (output[i] < 0) output[i] = 0;
}

/** Largest stored weight; the others are stored as fractions of it. */
const STEPS = 32_767;

/**
 * A network as bytes, little-endian: number of layers and each layer's inputs and units as unsigned 16-bit integers; means and
 * scales as 32-bit floats; then for each layer its biases and the largest weight's size as floats and its weights as
 * 16-bit integers, 32 767 being that size.
 */
export function encodeNetwork({ means, scales, layers }: Network): Uint8Array {
  const size = layers.reduce(
    (sum, { units, weights }) => sum + 4 + 4 * units + 4 + 2 * weights.length,
    2 + 8 * means.length,
  );
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const short = (value: number) => {
    view.setInt16(at, value, true);
    at += 2;
  };
  const float = (value: number) => {
    view.setFloat32(at, value, true);
    at += 4;
  };
  short(layers.length);
  for (const { inputs, units } of layers) {
    short(inputs);
    short(units);
  }
  for (const value of means) float(value);
  for (const value of scales) float(value);
  for (const { weights, biases } of layers) {
    for (const value of biases) float(value);
    const largest = weights.reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);
    float(largest);
    for (const value of weights) short(Math.round((value / largest) * STEPS));
  }
  return bytes;
}

/** Reads what `encodeNetwork` wrote. */
export function decodeNetwork(bytes: Uint8Array): Network {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const short = () => {
    at += 2;
    return view.getInt16(at - 2, true);
  };
  const float = () => {
    at += 4;
    return view.getFloat32(at - 4, true);
  };
  const floats = (count: number) => Float32Array.from({ length: count }, float);
  const shapes = Array.from({ length: short() }, () => ({ inputs: short(), units: short() }));
  const width = shapes[0]?.inputs ?? 0;
  const means = floats(width);
  const scales = floats(width);
  const layers = shapes.map(({ inputs, units }) => {
    const biases = floats(units);
    const largest = float();
    const weights = Float32Array.from({ length: inputs * units }, () => (short() / STEPS) * largest);
    return { inputs, units, weights, biases };
  });
  return { means, scales, layers };
}
