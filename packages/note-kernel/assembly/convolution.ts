/** The other layers: convolutions over a few frames and a few bins or keys, as products of small matrices. */

import { CHANNELS, KEYS } from "./dimensions";
import { laneSums, multiplyAdd } from "./elementary";

/**
 * One frame of a convolution to 32 channels at each of 88 keys, with bias, rectified.
 *
 * `from` is the first input of key 0 in the first of `frames` frames, each `frameStride` bytes after the other; a key's
 * inputs in a frame are `inputs` floats in a row, `keyStride` bytes after those of the key before. `weights` has
 * CHANNELS floats for each input, frame by frame.
 */
export function convolveWide(
  from: usize,
  frameStride: i32,
  frames: i32,
  keyStride: i32,
  inputs: i32,
  weights: usize,
  bias: usize,
  to: usize,
): void {
  const zero = f32x4.splat(0);
  for (let channel = 0; channel < CHANNELS * 4; channel += 32) {
    const biasLow = v128.load(bias + channel);
    const biasHigh = v128.load(bias + channel, 16);
    for (let key = 0; key < KEYS; key += 4) {
      let low0 = biasLow;
      let low1 = biasLow;
      let low2 = biasLow;
      let low3 = biasLow;
      let high0 = biasHigh;
      let high1 = biasHigh;
      let high2 = biasHigh;
      let high3 = biasHigh;
      let weight = weights + channel;
      let row = from + key * keyStride;
      for (let frame = 0; frame < frames; frame += 1) {
        let at0 = row;
        let at1 = at0 + keyStride;
        let at2 = at1 + keyStride;
        let at3 = at2 + keyStride;
        const end = at0 + inputs * 4;
        while (at0 < end) {
          const low = v128.load(weight);
          const high = v128.load(weight, 16);
          let value = v128.load32_splat(at0);
          low0 = multiplyAdd(value, low, low0);
          high0 = multiplyAdd(value, high, high0);
          value = v128.load32_splat(at1);
          low1 = multiplyAdd(value, low, low1);
          high1 = multiplyAdd(value, high, high1);
          value = v128.load32_splat(at2);
          low2 = multiplyAdd(value, low, low2);
          high2 = multiplyAdd(value, high, high2);
          value = v128.load32_splat(at3);
          low3 = multiplyAdd(value, low, low3);
          high3 = multiplyAdd(value, high, high3);
          weight += CHANNELS * 4;
          at0 += 4;
          at1 += 4;
          at2 += 4;
          at3 += 4;
        }
        row += frameStride;
      }
      const out = to + key * CHANNELS * 4 + channel;
      v128.store(out, f32x4.max(low0, zero));
      v128.store(out, f32x4.max(high0, zero), 16);
      v128.store(out, f32x4.max(low1, zero), CHANNELS * 4);
      v128.store(out, f32x4.max(high1, zero), CHANNELS * 4 + 16);
      v128.store(out, f32x4.max(low2, zero), 2 * CHANNELS * 4);
      v128.store(out, f32x4.max(high2, zero), 2 * CHANNELS * 4 + 16);
      v128.store(out, f32x4.max(low3, zero), 3 * CHANNELS * 4);
      v128.store(out, f32x4.max(high3, zero), 3 * CHANNELS * 4 + 16);
    }
  }
}

/**
 * One frame of a convolution to one channel, at `rows` places (a multiple of eight), plus `bias` and what stands at
 * `to` already. Inputs and strides as above; `inputs` must be a multiple of eight; `weights` has a float for each input.
 */
export function convolveNarrow(
  from: usize,
  frameStride: i32,
  frames: i32,
  rowStride: i32,
  rows: i32,
  inputs: i32,
  weights: usize,
  bias: f32,
  to: usize,
): void {
  for (let row = 0; row < rows; row += 8) {
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    let sum4 = sum0;
    let sum5 = sum0;
    let sum6 = sum0;
    let sum7 = sum0;
    let weight = weights;
    let start = from + row * rowStride;
    for (let frame = 0; frame < frames; frame += 1) {
      let near = start;
      let far = start + 4 * rowStride;
      const end = near + inputs * 4;
      while (near < end) {
        // Two vectors of a row at a time: addresses are worked out half as often.
        const first = v128.load(weight);
        const second = v128.load(weight, 16);
        sum0 = multiplyAdd(first, v128.load(near), sum0);
        sum0 = multiplyAdd(second, v128.load(near, 16), sum0);
        sum1 = multiplyAdd(first, v128.load(near + rowStride), sum1);
        sum1 = multiplyAdd(second, v128.load(near + rowStride, 16), sum1);
        sum2 = multiplyAdd(first, v128.load(near + 2 * rowStride), sum2);
        sum2 = multiplyAdd(second, v128.load(near + 2 * rowStride, 16), sum2);
        sum3 = multiplyAdd(first, v128.load(near + 3 * rowStride), sum3);
        sum3 = multiplyAdd(second, v128.load(near + 3 * rowStride, 16), sum3);
        sum4 = multiplyAdd(first, v128.load(far), sum4);
        sum4 = multiplyAdd(second, v128.load(far, 16), sum4);
        sum5 = multiplyAdd(first, v128.load(far + rowStride), sum5);
        sum5 = multiplyAdd(second, v128.load(far + rowStride, 16), sum5);
        sum6 = multiplyAdd(first, v128.load(far + 2 * rowStride), sum6);
        sum6 = multiplyAdd(second, v128.load(far + 2 * rowStride, 16), sum6);
        sum7 = multiplyAdd(first, v128.load(far + 3 * rowStride), sum7);
        sum7 = multiplyAdd(second, v128.load(far + 3 * rowStride, 16), sum7);
        weight += 32;
        near += 32;
        far += 32;
      }
      start += frameStride;
    }
    const at = to + row * 4;
    const base = f32x4.splat(bias);
    v128.store(at, f32x4.add(laneSums(sum0, sum1, sum2, sum3), f32x4.add(base, v128.load(at))));
    v128.store(at, f32x4.add(laneSums(sum4, sum5, sum6, sum7), f32x4.add(base, v128.load(at, 16))), 16);
  }
}
