/**
 * A layer of a small network that is no part of Basic Pitch: the networks that judge its onsets are such layers. In double
 * precision, each sum added up in the order of its inputs, so that it is the same to the bit as in plain JavaScript.
 */

/** The largest layer, and most rows at a time. */
const INPUTS: i32 = 296;
const UNITS: i32 = 128;
const ROWS: i32 = 128;

const weights: usize = memory.data(296 * 128 * 4, 16);
const biases: usize = memory.data(128 * 4, 16);
const inputRows: usize = memory.data(128 * 296 * 4, 16);
const outputRows: usize = memory.data(128 * 128 * 4, 16);

/** A float as two doubles. */
function splat(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load32_splat(at));
}

/** Two floats as doubles. */
function doubles(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

function putDoubles(at: usize, value: v128): void {
  v128.store64_lane(at, f32x4.demote_f64x2_zero(value), 0);
}

/**
 * Bias and weighted inputs of every unit, for each row of inputs.
 *
 * @param inputs floats of a row at layerInputsPointer().
 * @param units an even number; floats of a row at layerOutputsPointer(). At layerWeightsPointer() the weights of each two
 *   units stand together, input by input.
 * @param rows a multiple of four.
 */
export function runLayer(inputs: i32, units: i32, rows: i32): void {
  const inputStride = inputs * 4;
  const outputStride = units * 4;
  for (let unit = 0; unit < units; unit += 2) {
    const bias = doubles(biases + unit * 4);
    for (let row = 0; row < rows; row += 4) {
      let weight = weights + unit * inputStride;
      let from0 = inputRows + row * inputStride;
      let from1 = from0 + inputStride;
      let from2 = from1 + inputStride;
      let from3 = from2 + inputStride;
      let sum0 = bias;
      let sum1 = bias;
      let sum2 = bias;
      let sum3 = bias;
      for (const end = from0 + inputStride; from0 < end; from0 += 4) {
        const factor = doubles(weight);
        sum0 = f64x2.add(sum0, f64x2.mul(factor, splat(from0)));
        sum1 = f64x2.add(sum1, f64x2.mul(factor, splat(from1)));
        sum2 = f64x2.add(sum2, f64x2.mul(factor, splat(from2)));
        sum3 = f64x2.add(sum3, f64x2.mul(factor, splat(from3)));
        weight += 8;
        from1 += 4;
        from2 += 4;
        from3 += 4;
      }
      const to = outputRows + row * outputStride + unit * 4;
      putDoubles(to, sum0);
      putDoubles(to + outputStride, sum1);
      putDoubles(to + 2 * outputStride, sum2);
      putDoubles(to + 3 * outputStride, sum3);
    }
  }
}

/** The most inputs, units and rows that there is room for. */
export function layerInputs(): i32 {
  return INPUTS;
}

export function layerUnits(): i32 {
  return UNITS;
}

export function layerRows(): i32 {
  return ROWS;
}

export function layerWeightsPointer(): usize {
  return weights;
}

export function layerBiasesPointer(): usize {
  return biases;
}

export function layerInputsPointer(): usize {
  return inputRows;
}

export function layerOutputsPointer(): usize {
  return outputRows;
}
