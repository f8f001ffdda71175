/**
 * Magnitudes of a windowed frame's spectrum, in double precision. The frame's samples of even number are taken as real parts,
 * those of odd number as imaginary ones, so that half as many complex points do. They are transformed by radix 4 (Stockham's
 * self-sorting passes, decimation in frequency), two points at a time.
 */

/** Samples of the longest frame, and of the shortest. */
const LONGEST: i32 = 4096;
const SHORTEST: i32 = 8;
/** Bytes from the real parts of the points to the imaginary ones: room for one point more than there are. */
const PARTS: i32 = (LONGEST / 2 + 2) * 8;
/** Bytes of a root of unity: cosine, minus its sine, sine. */
const ROOT: i32 = 24;

const samples: usize = memory.data(4096 * 4, 16);
const spectrum: usize = memory.data((4096 / 2 + 2) * 4, 16);
/** Hann windows of all lengths: that of n samples begins at float n. */
const windows: usize = memory.data(2 * 4096 * 4, 16);
/** e^(−2πi n/4096), as far as three quarters round: what radix 4 turns by. */
const roots: usize = memory.data(3072 * 24, 16);
const work: usize = memory.data(2 * (4096 / 2 + 2) * 8, 16);
const scratch: usize = memory.data(2 * (4096 / 2 + 2) * 8, 16);

/** Fills the tables. */
export function prepareSpectrum(): void {
  for (let length = SHORTEST; length <= LONGEST; length <<= 1) {
    for (let n = 0; n < length; n += 1) {
      store<f32>(windows + (length + n) * 4, <f32>(0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length)));
    }
  }
  for (let n = 0; n < (LONGEST / 4) * 3; n += 1) {
    const angle: f64 = (-2 * Math.PI * n) / LONGEST;
    const sine = Math.sin(angle);
    store<f64>(roots + n * ROOT, Math.cos(angle));
    store<f64>(roots + n * ROOT, -sine, 8);
    store<f64>(roots + n * ROOT, sine, 16);
  }
}

/** Real and imaginary part exchanged. */
function exchanged(value: v128): v128 {
  return v128.shuffle<f64>(value, value, 1, 0);
}

/** A point, as real and imaginary part, times the root of unity at this address. */
function turned(point: v128, root: usize): v128 {
  return f64x2.add(
    f64x2.mul(point, v128.load64_splat(root)),
    f64x2.mul(exchanged(point), v128.load(root, 8)),
  );
}

/** Point n of the frame under its window: samples 2n and 2n + 1. */
function windowedPoint(n: i32, window: usize): v128 {
  const sample = f64x2.promote_low_f32x4(v128.load64_zero(samples + n * 8));
  return f64x2.mul(sample, f64x2.promote_low_f32x4(v128.load64_zero(window + n * 8)));
}

/** The first pass, from the samples to points whose parts stand apart. */
function firstPass(points: i32): void {
  const quarter = points >> 2;
  const window = windows + points * 8;
  const turn = (LONGEST / points) * ROOT;
  const minusReal = f64x2(-0.0, 0);
  for (let p = 0; p < quarter; p += 1) {
    const a = windowedPoint(p, window);
    const b = windowedPoint(p + quarter, window);
    const c = windowedPoint(p + 2 * quarter, window);
    const d = windowedPoint(p + 3 * quarter, window);
    const even = f64x2.add(a, c);
    const odd = f64x2.add(b, d);
    const difference = f64x2.sub(a, c);
    const sideways = v128.xor(exchanged(f64x2.sub(b, d)), minusReal); // i (b − d)
    const root = roots + p * turn;
    const out0 = f64x2.add(even, odd);
    const out1 = turned(f64x2.sub(difference, sideways), root);
    const out2 = turned(f64x2.sub(even, odd), root + p * turn);
    const out3 = turned(f64x2.add(difference, sideways), root + 2 * p * turn);
    const to = work + p * 32;
    v128.store(to, v128.shuffle<f64>(out0, out1, 0, 2));
    v128.store(to, v128.shuffle<f64>(out2, out3, 0, 2), 16);
    v128.store(to, v128.shuffle<f64>(out0, out1, 1, 3), PARTS);
    v128.store(to, v128.shuffle<f64>(out2, out3, 1, 3), PARTS + 16);
  }
}

/** Stores two points turned by a root of unity. */
function storeTurned(at: usize, real: v128, imaginary: v128, cosine: v128, sine: v128): void {
  v128.store(at, f64x2.sub(f64x2.mul(real, cosine), f64x2.mul(imaginary, sine)));
  v128.store(at, f64x2.add(f64x2.mul(imaginary, cosine), f64x2.mul(real, sine)), PARTS);
}

/**
 * A later pass: `size` points are still to be transformed in each of `stride` interleaved runs. `spacing` is how many of the
 * table's roots lie between two of the transform's.
 */
function passOfFour(from: usize, to: usize, size: i32, stride: i32, spacing: i32): void {
  const quarter = size >> 2;
  const gap = quarter * stride * 8;
  const spread = stride * 8;
  for (let p = 0; p < quarter; p += 1) {
    const turn = p * stride * spacing * ROOT;
    const cosine1 = v128.load64_splat(roots + turn);
    const sine1 = v128.load64_splat(roots + turn, 16);
    const cosine2 = v128.load64_splat(roots + 2 * turn);
    const sine2 = v128.load64_splat(roots + 2 * turn, 16);
    const cosine3 = v128.load64_splat(roots + 3 * turn);
    const sine3 = v128.load64_splat(roots + 3 * turn, 16);
    let out = to + 4 * p * spread;
    const end = from + (p + 1) * spread;
    for (let at = from + p * spread; at < end; at += 16) {
      const aReal = v128.load(at);
      const aImaginary = v128.load(at, PARTS);
      const bReal = v128.load(at + gap);
      const bImaginary = v128.load(at + gap, PARTS);
      const cReal = v128.load(at + 2 * gap);
      const cImaginary = v128.load(at + 2 * gap, PARTS);
      const dReal = v128.load(at + 3 * gap);
      const dImaginary = v128.load(at + 3 * gap, PARTS);
      const evenReal = f64x2.add(aReal, cReal);
      const evenImaginary = f64x2.add(aImaginary, cImaginary);
      const differenceReal = f64x2.sub(aReal, cReal);
      const differenceImaginary = f64x2.sub(aImaginary, cImaginary);
      const oddReal = f64x2.add(bReal, dReal);
      const oddImaginary = f64x2.add(bImaginary, dImaginary);
      const sidewaysReal = f64x2.sub(bImaginary, dImaginary); // −i (b − d)
      const sidewaysImaginary = f64x2.sub(dReal, bReal);
      v128.store(out, f64x2.add(evenReal, oddReal));
      v128.store(out, f64x2.add(evenImaginary, oddImaginary), PARTS);
      storeTurned(
        out + spread,
        f64x2.add(differenceReal, sidewaysReal),
        f64x2.add(differenceImaginary, sidewaysImaginary),
        cosine1,
        sine1,
      );
      storeTurned(
        out + 2 * spread,
        f64x2.sub(evenReal, oddReal),
        f64x2.sub(evenImaginary, oddImaginary),
        cosine2,
        sine2,
      );
      storeTurned(
        out + 3 * spread,
        f64x2.sub(differenceReal, sidewaysReal),
        f64x2.sub(differenceImaginary, sidewaysImaginary),
        cosine3,
        sine3,
      );
      out += 16;
    }
  }
}

/** The last pass where the number of points isn't a power of four. */
function passOfTwo(from: usize, to: usize, points: i32): void {
  const half = points * 4;
  for (let at = 0; at < half; at += 16) {
    const aReal = v128.load(from + at);
    const aImaginary = v128.load(from + at, PARTS);
    const bReal = v128.load(from + at + half);
    const bImaginary = v128.load(from + at + half, PARTS);
    v128.store(to + at, f64x2.add(aReal, bReal));
    v128.store(to + at, f64x2.add(aImaginary, bImaginary), PARTS);
    v128.store(to + at + half, f64x2.sub(aReal, bReal));
    v128.store(to + at + half, f64x2.sub(aImaginary, bImaginary), PARTS);
  }
}

/** Transforms the windowed samples as so many points, and tells where they are afterwards. */
function transform(points: i32): usize {
  firstPass(points);
  let from = work;
  let to = scratch;
  for (let size = points >> 2, stride = 4; size > 1; size >>= 2, stride <<= 2) {
    if (size === 2) passOfTwo(from, to, points);
    else passOfFour(from, to, size, stride, LONGEST / points);
    const written = to;
    to = from;
    from = written;
  }
  return from;
}

/** Two numbers of the table, at these two roots. */
function pairOf(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_zero(first), 1);
}

function magnitude(real: v128, imaginary: v128, scale: v128): v128 {
  return f64x2.mul(scale, f64x2.sqrt(f64x2.add(f64x2.mul(real, real), f64x2.mul(imaginary, imaginary))));
}

/**
 * Transforms the `length` samples at samplesPointer() (a power of two from 8 to 4096) under a Hann window, and writes the
 * magnitudes of bins 0 … length/2, scaled so that a sine at full scale peaks at 1, as floats to magnitudesPointer().
 */
export function magnitudes(length: i32): void {
  const points = length >> 1;
  const at = transform(points);
  // Frequency −0 is 0.
  store<f64>(at + points * 8, load<f64>(at));
  store<f64>(at + points * 8, load<f64>(at, PARTS), PARTS);
  // A Hann window's mean is 1/2, a real sine's energy lies in two bins, and the sums below are twice the spectrum.
  const scale = f64x2.splat(2 / <f64>length);
  const turn = (LONGEST / length) * ROOT;
  for (let k = 0; k < points >> 1; k += 2) {
    const one = at + k * 8;
    const other = at + (points - k - 1) * 8;
    const real = v128.load(one);
    const imaginary = v128.load(one, PARTS);
    const mirroredReal = exchanged(v128.load(other));
    const mirroredImaginary = exchanged(v128.load(other, PARTS));
    const evenReal = f64x2.add(real, mirroredReal);
    const evenImaginary = f64x2.sub(imaginary, mirroredImaginary);
    const oddReal = f64x2.sub(real, mirroredReal);
    const oddImaginary = f64x2.add(imaginary, mirroredImaginary);
    // The spectrum of the odd samples is −i/2 times this, and is turned by half a sample.
    const root = roots + k * turn;
    const cosine = pairOf(root, root + turn);
    const sine = pairOf(root + 16, root + turn + 16);
    const turnedReal = f64x2.sub(f64x2.mul(oddReal, cosine), f64x2.mul(oddImaginary, sine));
    const turnedImaginary = f64x2.add(f64x2.mul(oddReal, sine), f64x2.mul(oddImaginary, cosine));
    const low = magnitude(f64x2.add(evenReal, turnedImaginary), f64x2.sub(evenImaginary, turnedReal), scale);
    const high = magnitude(f64x2.sub(evenReal, turnedImaginary), f64x2.add(evenImaginary, turnedReal), scale);
    v128.store64_lane(spectrum + k * 4, f32x4.demote_f64x2_zero(low), 0);
    v128.store64_lane(spectrum + (points - k - 1) * 4, f32x4.demote_f64x2_zero(exchanged(high)), 0);
  }
  const middle = at + points * 4;
  const real = load<f64>(middle);
  const imaginary = load<f64>(middle, PARTS);
  const size = Math.sqrt(real * real + imaginary * imaginary);
  store<f32>(spectrum + points * 2, <f32>((4 / <f64>length) * size));
}

export function samplesPointer(): usize {
  return samples;
}

export function magnitudesPointer(): usize {
  return spectrum;
}
