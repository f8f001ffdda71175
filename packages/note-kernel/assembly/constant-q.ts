/**
 * The constant-Q transform by octaves (Schörkhuber & Klapuri 2010, as in nnAudio's CQT2010v2): one kernel of 36 bins
 * for the highest octave, applied again and again while the signal's rate is halved.
 */

import { BINS, FRAMES, HOP, LEVEL_ROW, WINDOW } from "./dimensions";
import { multiplyAdd } from "./elementary";
import { kernelImaginary, kernelReal, lowPass } from "./weights";

const OCTAVES: i32 = 9;
const BINS_PER_OCTAVE: i32 = 36;
const TAPS: i32 = 256;
/** Samples mirrored at either end of an octave's signal: half a kernel. */
const MARGIN: i32 = 128;
/** Zeros at either end of what is filtered. */
const FILTER_MARGIN: i32 = 127;
/** Room after a signal for what is read and thrown away in the last block. */
const SLACK: i32 = 64;
/** Outputs of the filter worked out at once: eight vectors. */
const BLOCK: i32 = 32;

/** Two signals with their margins: an octave's, and the one below. */
const upper: usize = memory.data((WINDOW + 2 * MARGIN + SLACK) * 4, 16);
const lower: usize = memory.data((WINDOW + 2 * MARGIN + SLACK) * 4, 16);
/** The samples of even and of odd number. */
const even: usize = memory.data((WINDOW / 2 + MARGIN + SLACK) * 4, 16);
const odd: usize = memory.data((WINDOW / 2 + MARGIN + SLACK) * 4, 16);

/** The power of each bin, not yet scaled: FRAMES rows of LEVEL_ROW floats. */
const powers: usize = memory.data((FRAMES * LEVEL_ROW + 32) * 4, 16) + 16 * 4;

/** Where the caller puts the samples of a window. */
export const samples: usize = upper + MARGIN * 4;

/** First and last tap (exclusive) that isn't zero in the kernels of bins 4·group … 4·group + 3. */
const support: usize = memory.data(2 * 9 * 4, 16);

/** Finds where the kernels are zero. Call once, after the weights are in place. */
export function prepareConstantQ(): void {
  for (let group = 0; group < 9; group += 1) {
    let first = TAPS;
    let last = 0;
    for (let tap = 0; tap < TAPS; tap += 1) {
      const at = (tap * BINS_PER_OCTAVE + group * 4) * 4;
      if (v128.any_true(v128.load(kernelReal + at)) || v128.any_true(v128.load(kernelImaginary + at))) {
        first = min(first, tap);
        last = tap + 1;
      }
    }
    store<i32>(support + group * 8, first);
    store<i32>(support + group * 8, last, 4);
  }
}

/** Fills the margins with the signal mirrored about its first and last samples. */
function mirror(signal: usize, length: i32): void {
  const start = signal + MARGIN * 4;
  const end = start + (length - 1) * 4;
  for (let i = 1; i <= MARGIN; i += 1) {
    store<f32>(start - i * 4, load<f32>(start + i * 4));
    store<f32>(end + i * 4, load<f32>(end - i * 4));
  }
}

/** Low-pass filters `from`, whose margins it overwrites with zeros, and keeps every other sample. Gives their number. */
function halve(from: usize, length: i32, to: usize): i32 {
  const first = from + (MARGIN - FILTER_MARGIN) * 4;
  memory.fill(from, 0, MARGIN * 4);
  memory.fill(from + (MARGIN + length) * 4, 0, (MARGIN + SLACK) * 4);
  const pairs = (length + 2 * FILTER_MARGIN) / 2 + 4;
  for (let i = 0; i < pairs; i += 4) {
    const a = v128.load(first + i * 8);
    const b = v128.load(first + i * 8, 16);
    v128.store(even + i * 4, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
    v128.store(odd + i * 4, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
  }
  const outputs = (length + 2 * FILTER_MARGIN - TAPS) / 2 + 1;
  for (let i = 0; i < outputs; i += BLOCK) {
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let e = a;
    let f = a;
    let g = a;
    let h = a;
    for (let tap = 0; tap < TAPS; tap += 2) {
      let weight = v128.load32_splat(lowPass + tap * 4);
      let from = even + (i + (tap >> 1)) * 4;
      a = multiplyAdd(weight, v128.load(from), a);
      b = multiplyAdd(weight, v128.load(from, 16), b);
      c = multiplyAdd(weight, v128.load(from, 32), c);
      d = multiplyAdd(weight, v128.load(from, 48), d);
      e = multiplyAdd(weight, v128.load(from, 64), e);
      f = multiplyAdd(weight, v128.load(from, 80), f);
      g = multiplyAdd(weight, v128.load(from, 96), g);
      h = multiplyAdd(weight, v128.load(from, 112), h);
      weight = v128.load32_splat(lowPass + tap * 4, 4);
      from = odd + (i + (tap >> 1)) * 4;
      a = multiplyAdd(weight, v128.load(from), a);
      b = multiplyAdd(weight, v128.load(from, 16), b);
      c = multiplyAdd(weight, v128.load(from, 32), c);
      d = multiplyAdd(weight, v128.load(from, 48), d);
      e = multiplyAdd(weight, v128.load(from, 64), e);
      f = multiplyAdd(weight, v128.load(from, 80), f);
      g = multiplyAdd(weight, v128.load(from, 96), g);
      h = multiplyAdd(weight, v128.load(from, 112), h);
    }
    const at = to + (MARGIN + i) * 4;
    v128.store(at, a);
    v128.store(at, b, 16);
    v128.store(at, c, 32);
    v128.store(at, d, 48);
    v128.store(at, e, 64);
    v128.store(at, f, 80);
    v128.store(at, g, 96);
    v128.store(at, h, 112);
  }
  return outputs;
}

function power(real: v128, imaginary: v128): v128 {
  return multiplyAdd(real, real, f32x4.mul(imaginary, imaginary));
}

/** The powers of four bins of an octave in every frame. `to` is where the first frame's go. */
function transformBins(signal: usize, hop: i32, group: i32, to: usize): void {
  const first = load<i32>(support + group * 8);
  const last = load<i32>(support + group * 8, 4);
  const stride = hop * 4;
  for (let frame = 0; frame < FRAMES; frame += 4) {
    let real0 = f32x4.splat(0);
    let real1 = real0;
    let real2 = real0;
    let real3 = real0;
    let imaginary0 = real0;
    let imaginary1 = real0;
    let imaginary2 = real0;
    let imaginary3 = real0;
    let kernel = kernelReal + (first * BINS_PER_OCTAVE + group * 4) * 4;
    let at0 = signal + frame * stride + first * 4;
    let at1 = at0 + stride;
    let at2 = at1 + stride;
    let at3 = at2 + stride;
    for (let tap = first; tap < last; tap += 1) {
      const real = v128.load(kernel);
      const imaginary = v128.load(kernel, 9216 * 4);
      let sample = v128.load32_splat(at0);
      real0 = multiplyAdd(real, sample, real0);
      imaginary0 = multiplyAdd(imaginary, sample, imaginary0);
      sample = v128.load32_splat(at1);
      real1 = multiplyAdd(real, sample, real1);
      imaginary1 = multiplyAdd(imaginary, sample, imaginary1);
      sample = v128.load32_splat(at2);
      real2 = multiplyAdd(real, sample, real2);
      imaginary2 = multiplyAdd(imaginary, sample, imaginary2);
      sample = v128.load32_splat(at3);
      real3 = multiplyAdd(real, sample, real3);
      imaginary3 = multiplyAdd(imaginary, sample, imaginary3);
      kernel += BINS_PER_OCTAVE * 4;
      at0 += 4;
      at1 += 4;
      at2 += 4;
      at3 += 4;
    }
    const row = to + frame * LEVEL_ROW * 4;
    v128.store(row, power(real0, imaginary0));
    v128.store(row, power(real1, imaginary1), LEVEL_ROW * 4);
    v128.store(row, power(real2, imaginary2), 2 * LEVEL_ROW * 4);
    v128.store(row, power(real3, imaginary3), 3 * LEVEL_ROW * 4);
  }
}

/**
 * The squared magnitude of every bin in every frame of the window at `samples`, which is overwritten. Gives where they
 * are: FRAMES rows of LEVEL_ROW floats, BINS of them used.
 */
export function constantQ(): usize {
  let signal = upper;
  let next = lower;
  let length = WINDOW;
  for (let octave = 0; octave < OCTAVES; octave += 1) {
    const below = octave + 1 < OCTAVES ? halve(signal, length, next) : 0;
    mirror(signal, length);
    const lowest = BINS - BINS_PER_OCTAVE * (octave + 1);
    for (let group = 8; group >= 0; group -= 1) {
      // The lowest octave has 21 bins only: three of a group's four fall into the unused end of the row before.
      if (lowest + group * 4 + 3 < 0) break;
      transformBins(signal, HOP >> octave, group, powers + (lowest + group * 4) * 4);
    }
    const swap = signal;
    signal = next;
    next = swap;
    length = below;
  }
  return powers;
}
