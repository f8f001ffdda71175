/** Complex Fourier transforms of 384 and of 128 points, four side by side in the lanes of a vector. */

import { multiplyAdd, multiplySubtract } from "./elementary";

/** Points of a long transform: 4 · 4 · 4 · 3 · 2. */
export const POINTS: i32 = 384;
/** Points of a short one: 4 · 4 · 4 · 2. */
export const SHORT_POINTS: i32 = 128;
/** Bytes of a point: four real parts, four imaginary. */
export const POINT: i32 = 32;
/** Bytes of four long transforms side by side, and of four short ones. */
export const TRANSFORM: i32 = POINTS * 32;
export const SHORT_TRANSFORM: i32 = SHORT_POINTS * 32;

/** e^(−2πi n/384) for n = 0 … 383: cosine, then sine. */
const roots: usize = memory.data(POINTS * 8, 16);
const scratch: usize = memory.data(POINTS * 32, 16);

/** Fills the table of roots. Call once. */
export function prepareFourier(): void {
  for (let n = 0; n < POINTS; n += 1) {
    const angle: f64 = (-2 * Math.PI * n) / POINTS;
    store<f32>(roots + n * 8, <f32>Math.cos(angle));
    store<f32>(roots + n * 8, <f32>Math.sin(angle), 4);
  }
}

/** Stores (real, imaginary) times a root of unity. */
function storeTurned(at: usize, real: v128, imaginary: v128, cosine: v128, sine: v128): void {
  v128.store(at, multiplySubtract(imaginary, sine, f32x4.mul(real, cosine)));
  v128.store(at, multiplyAdd(imaginary, cosine, f32x4.mul(real, sine)), 16);
}

/**
 * One pass of a Stockham transform of radix 4 (decimation in frequency, self-sorting): `size` points are still to be
 * transformed in each of `stride` interleaved runs. `spacing` is how many of the table's roots lie from one of the
 * transform's to the next.
 */
function passOfFour(from: usize, to: usize, size: i32, stride: i32, spacing: i32): void {
  const quarter = size >> 2;
  const gap = quarter * stride * POINT;
  const spread = stride * POINT;
  for (let p = 0; p < quarter; p += 1) {
    const turn = p * stride * spacing * 8;
    const cosine1 = v128.load32_splat(roots + turn);
    const sine1 = v128.load32_splat(roots + turn, 4);
    const cosine2 = v128.load32_splat(roots + 2 * turn);
    const sine2 = v128.load32_splat(roots + 2 * turn, 4);
    const cosine3 = v128.load32_splat(roots + 3 * turn);
    const sine3 = v128.load32_splat(roots + 3 * turn, 4);
    for (let q = 0; q < stride; q += 1) {
      const at = from + (p * stride + q) * POINT;
      const aReal = v128.load(at);
      const aImaginary = v128.load(at, 16);
      const bReal = v128.load(at + gap);
      const bImaginary = v128.load(at + gap, 16);
      const cReal = v128.load(at + 2 * gap);
      const cImaginary = v128.load(at + 2 * gap, 16);
      const dReal = v128.load(at + 3 * gap);
      const dImaginary = v128.load(at + 3 * gap, 16);
      const evenReal = f32x4.add(aReal, cReal);
      const evenImaginary = f32x4.add(aImaginary, cImaginary);
      const differenceReal = f32x4.sub(aReal, cReal);
      const differenceImaginary = f32x4.sub(aImaginary, cImaginary);
      const oddReal = f32x4.add(bReal, dReal);
      const oddImaginary = f32x4.add(bImaginary, dImaginary);
      const turnedReal = f32x4.sub(bImaginary, dImaginary); // −i (b − d)
      const turnedImaginary = f32x4.sub(dReal, bReal);
      const out = to + (4 * p * stride + q) * POINT;
      v128.store(out, f32x4.add(evenReal, oddReal));
      v128.store(out, f32x4.add(evenImaginary, oddImaginary), 16);
      storeTurned(
        out + spread,
        f32x4.add(differenceReal, turnedReal),
        f32x4.add(differenceImaginary, turnedImaginary),
        cosine1,
        sine1,
      );
      storeTurned(
        out + 2 * spread,
        f32x4.sub(evenReal, oddReal),
        f32x4.sub(evenImaginary, oddImaginary),
        cosine2,
        sine2,
      );
      storeTurned(
        out + 3 * spread,
        f32x4.sub(differenceReal, turnedReal),
        f32x4.sub(differenceImaginary, turnedImaginary),
        cosine3,
        sine3,
      );
    }
  }
}

/** The last two passes together: 64 interleaved runs of six points, as 2 × 3. */
function passOfSix(from: usize, to: usize): void {
  const stride = 64 * POINT;
  const half = f32x4.splat(0.5);
  const root = f32x4.splat(0.8660254037844386); // sin 60°
  for (let q = 0; q < stride; q += POINT) {
    const at = from + q;
    const out = to + q;
    // Good–Thomas: the points 0, 2, 4 and 3, 5, 1 are transformed by three, and then added and subtracted.
    for (let odd = 0; odd < 2; odd += 1) {
      const first = at + (odd === 1 ? 3 * stride : 0);
      const second = at + (odd === 1 ? 5 * stride : 2 * stride);
      const third = at + stride * (odd === 1 ? 1 : 4);
      const sumReal = f32x4.add(v128.load(second), v128.load(third));
      const sumImaginary = f32x4.add(v128.load(second, 16), v128.load(third, 16));
      const crossReal = f32x4.mul(root, f32x4.sub(v128.load(second, 16), v128.load(third, 16)));
      const crossImaginary = f32x4.mul(root, f32x4.sub(v128.load(third), v128.load(second)));
      const real0 = f32x4.add(v128.load(first), sumReal);
      const imaginary0 = f32x4.add(v128.load(first, 16), sumImaginary);
      const middleReal = multiplySubtract(half, sumReal, v128.load(first));
      const middleImaginary = multiplySubtract(half, sumImaginary, v128.load(first, 16));
      const real1 = f32x4.add(middleReal, crossReal);
      const imaginary1 = f32x4.add(middleImaginary, crossImaginary);
      const real2 = f32x4.sub(middleReal, crossReal);
      const imaginary2 = f32x4.sub(middleImaginary, crossImaginary);
      // Frequency k of six is k mod 3 of three: with the odd run added for even k, subtracted for odd.
      if (odd === 0) {
        v128.store(out, real0);
        v128.store(out, imaginary0, 16);
        v128.store(out + 3 * stride, real0);
        v128.store(out + 3 * stride, imaginary0, 16);
        v128.store(out + 4 * stride, real1);
        v128.store(out + 4 * stride, imaginary1, 16);
        v128.store(out + stride, real1);
        v128.store(out + stride, imaginary1, 16);
        v128.store(out + 2 * stride, real2);
        v128.store(out + 2 * stride, imaginary2, 16);
        v128.store(out + 5 * stride, real2);
        v128.store(out + 5 * stride, imaginary2, 16);
      } else {
        accumulate(out, real0, imaginary0);
        subtract(out + 3 * stride, real0, imaginary0);
        accumulate(out + 4 * stride, real1, imaginary1);
        subtract(out + stride, real1, imaginary1);
        accumulate(out + 2 * stride, real2, imaginary2);
        subtract(out + 5 * stride, real2, imaginary2);
      }
    }
  }
}

/** The last pass of a short transform: 64 interleaved runs of two points. */
function passOfTwo(from: usize, to: usize): void {
  const half = 64 * POINT;
  for (let q = 0; q < half; q += 16) {
    const a = v128.load(from + q);
    const b = v128.load(from + q + half);
    v128.store(to + q, f32x4.add(a, b));
    v128.store(to + q + half, f32x4.sub(a, b));
  }
}

function accumulate(at: usize, real: v128, imaginary: v128): void {
  v128.store(at, f32x4.add(v128.load(at), real));
  v128.store(at, f32x4.add(v128.load(at, 16), imaginary), 16);
}

function subtract(at: usize, real: v128, imaginary: v128): void {
  v128.store(at, f32x4.sub(v128.load(at), real));
  v128.store(at, f32x4.sub(v128.load(at, 16), imaginary), 16);
}

/** Transforms four signals in place, X[k] = Σ x[n] e^(−2πi kn/384). With the parts exchanged before and after: back, times 384. */
export function transform(signals: usize): void {
  passOfFour(signals, scratch, 384, 1, 1);
  passOfFour(scratch, signals, 96, 4, 1);
  passOfFour(signals, scratch, 24, 16, 1);
  passOfSix(scratch, signals);
}

/** The same for four signals of 128 points. */
export function transformShort(signals: usize): void {
  passOfFour(signals, scratch, 128, 1, 3);
  passOfFour(scratch, signals, 32, 4, 3);
  passOfFour(signals, scratch, 8, 16, 3);
  passOfTwo(scratch, signals);
}
