/** MP3's polyphase synthesis filter: ISO/IEC 11172-3 section 2.4.3.2.2 with the matrixing done by a fast cosine transform. */

import { EARLIER, SUBBANDS, subbands, TIMES, VECTOR, vectorsOf } from "./mp3-state";

/** Where, among the values of one time, those begin that the odd ages use. */
const ODD: i32 = 32 * 8;
/** Bytes of the window's factors for one age. */
const FACTORS: i32 = SUBBANDS * 8;
/** Bytes of a pair: a value of one time, and of the next. */
const PAIR: i32 = 16;

const sound: usize = memory.data(18 * 32 * 4, 16);
/** The synthesis window, and the same with the sub-bands mirrored: that of sub-band n for 32 − n. */
const window: usize = memory.data(16 * 32 * 8, 16);
const mirroredWindow: usize = memory.data((16 * 32 + 2) * 8, 16);
/** 1 / (2 cos(π (2k + 1) / (2 size))) for the halves of a DCT-II of this size; that of size n begins at double n / 2. */
const factors: usize = memory.data(32 * 8, 16);
const halves: usize = memory.data(32 * 16, 16);
const quarters: usize = memory.data(32 * 16, 16);
const cosines: usize = memory.data(32 * 16, 16);

/** Fills the tables: `synthesisWindowPointer()` must have been written to. */
export function preparePolyphase(): void {
  for (let half = 1; half <= 16; half <<= 1) {
    for (let k = 0; k < half; k += 1) {
      store<f64>(factors + (half + k) * 8, 0.5 / Math.cos((Math.PI * (2 * k + 1)) / (4 * half)));
    }
  }
  for (let age = 0; age < 16; age += 1) {
    for (let band = 1; band < SUBBANDS; band += 1) {
      const from = window + (age * SUBBANDS + SUBBANDS - band) * 8;
      store<f64>(mirroredWindow + (age * SUBBANDS + band) * 8, load<f64>(from));
    }
  }
}

function factor(half: i32, k: i32): v128 {
  return v128.load64_splat(factors + (half + k) * 8);
}

function pair(at: usize, index: i32): v128 {
  return v128.load(at + index * PAIR);
}

function put(at: usize, index: i32, value: v128): void {
  v128.store(at + index * PAIR, value);
}

function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

function difference(a: v128, b: v128, scale: v128): v128 {
  return f64x2.mul(f64x2.sub(a, b), scale);
}

/**
 * Puts in `cosines`, for two times side by side, the sums over k of samples[k] · cos(π n (2k + 1) / 64): a DCT-II by B. G. Lee
 * (1984), which halves it again and again, sums in one half, scaled differences in the other; neighbours of the latter's results
 * add up to the odd ones.
 */
function transform(time: i32): void {
  const from = subbands + time * 8;
  const row = TIMES * 8;
  for (let k = 0; k < 16; k += 1) {
    const first = v128.load(from + k * row);
    const last = v128.load(from + (31 - k) * row);
    put(halves, k, add(first, last));
    put(halves, 16 + k, difference(first, last, factor(16, k)));
  }
  for (let start = 0; start < 32; start += 16) {
    for (let k = 0; k < 8; k += 1) {
      const first = pair(halves, start + k);
      const last = pair(halves, start + 15 - k);
      put(quarters, start + k, add(first, last));
      put(quarters, start + 8 + k, difference(first, last, factor(8, k)));
    }
  }
  for (let start = 0; start < 32; start += 8) transformEight(quarters + start * PAIR);
  for (let start = 0; start < 32; start += 16) {
    for (let k = 0; k < 8; k += 1) {
      const odd = pair(quarters, start + 8 + k);
      put(halves, start + 2 * k, pair(quarters, start + k));
      put(halves, start + 2 * k + 1, k < 7 ? add(odd, pair(quarters, start + 9 + k)) : odd);
    }
  }
  for (let k = 0; k < 16; k += 1) {
    const odd = pair(halves, 16 + k);
    put(cosines, 2 * k, pair(halves, k));
    put(cosines, 2 * k + 1, k < 15 ? add(odd, pair(halves, 17 + k)) : odd);
  }
}

/** The same for 8 values, in place, written out. */
function transformEight(at: usize): void {
  const v0 = pair(at, 0);
  const v1 = pair(at, 1);
  const v2 = pair(at, 2);
  const v3 = pair(at, 3);
  const v4 = pair(at, 4);
  const v5 = pair(at, 5);
  const v6 = pair(at, 6);
  const v7 = pair(at, 7);
  const f2 = factor(1, 0);
  const f40 = factor(2, 0);
  const f41 = factor(2, 1);
  const a0 = add(v0, v7);
  const a1 = add(v1, v6);
  const a2 = add(v2, v5);
  const a3 = add(v3, v4);
  const b0 = difference(v0, v7, factor(4, 0));
  const b1 = difference(v1, v6, factor(4, 1));
  const b2 = difference(v2, v5, factor(4, 2));
  const b3 = difference(v3, v4, factor(4, 3));
  const c0 = add(a0, a3);
  const c1 = add(a1, a2);
  const d0 = difference(a0, a3, f40);
  const d1 = difference(a1, a2, f41);
  const d = difference(d0, d1, f2);
  put(at, 0, add(c0, c1));
  put(at, 2, add(add(d0, d1), d));
  put(at, 4, difference(c0, c1, f2));
  put(at, 6, d);
  const e0 = add(b0, b3);
  const e1 = add(b1, b2);
  const f0 = difference(b0, b3, f40);
  const f1 = difference(b1, b2, f41);
  const f = difference(f0, f1, f2);
  const g = difference(e0, e1, f2);
  const h = add(add(f0, f1), f);
  put(at, 1, add(add(e0, e1), h));
  put(at, 3, add(h, g));
  put(at, 5, add(g, f));
  put(at, 7, f);
}

/** Of the 64 values of the vector V of each time, 17 differ in each half but for their sign. */
function putVectors(to: usize): void {
  for (let n = 0; n < 16; n += 1) {
    const value = pair(cosines, n + 16);
    v128.store64_lane(to + n * 8, value, 0);
    v128.store64_lane(to + n * 8 + VECTOR, value, 1);
  }
  for (let n = 0; n <= 16; n += 1) {
    const value = f64x2.neg(pair(cosines, 16 - n));
    v128.store64_lane(to + n * 8 + ODD, value, 0);
    v128.store64_lane(to + n * 8 + ODD + VECTOR, value, 1);
  }
}

/**
 * Sums the windowed vectors of 16 times up to that at `newest`, of the even ages the lower halves, of the odd ones the upper
 * halves. Both mirror themselves, so that every value serves for two samples.
 */
function applyWindow(newest: usize, to: usize): void {
  let first: f64 = 0;
  for (let age = 0; age < 16; age += 1) {
    const value = load<f64>(newest - age * VECTOR + (age & 1) * ODD);
    first += value * load<f64>(window + age * FACTORS);
  }
  store<f32>(to, <f32>first);
  for (let band = 1; band < 17; band += 2) {
    let at = newest + band * 8;
    let factor = window + band * 8;
    let mirroredFactor = mirroredWindow + band * 8;
    let sum = f64x2.splat(0);
    let mirrored = sum;
    for (const end = at - 16 * VECTOR; at > end; at -= 2 * VECTOR) {
      const even = v128.load(at);
      const odd = v128.load(at - VECTOR + ODD);
      sum = add(sum, f64x2.mul(even, v128.load(factor)));
      sum = add(sum, f64x2.mul(odd, v128.load(factor, FACTORS)));
      mirrored = add(mirrored, f64x2.mul(odd, v128.load(mirroredFactor, FACTORS)));
      mirrored = f64x2.sub(mirrored, f64x2.mul(even, v128.load(mirroredFactor)));
      factor += 2 * FACTORS;
      mirroredFactor += 2 * FACTORS;
    }
    v128.store64_lane(to + band * 4, f32x4.demote_f64x2_zero(sum), 0);
    const exchanged = v128.shuffle<f64>(mirrored, mirrored, 1, 0);
    v128.store64_lane(to + (SUBBANDS - 1 - band) * 4, f32x4.demote_f64x2_zero(exchanged), 0);
  }
}

/**
 * Turns a channel's sub-band samples of one granule, at subbandsPointer(), into 576 samples at soundPointer(), full scale
 * being 1.
 */
export function runPolyphase(channel: i32): void {
  const vectors = vectorsOf(channel);
  for (let time = 0; time < TIMES; time += 2) {
    const newest = vectors + (EARLIER + time) * VECTOR;
    transform(time);
    putVectors(newest);
    applyWindow(newest, sound + time * SUBBANDS * 4);
    applyWindow(newest + VECTOR, sound + (time + 1) * SUBBANDS * 4);
  }
  memory.copy(vectors, vectors + TIMES * VECTOR, EARLIER * VECTOR);
}

/** 512 doubles: the window of ISO/IEC 11172-3 table B.3. */
export function synthesisWindowPointer(): usize {
  return window;
}

/** 576 floats. */
export function soundPointer(): usize {
  return sound;
}
