import FFT from "fft.js";
import { LINES, SHORT_LINES, SHORT_WINDOWS } from "./bands.ts";
import { EIGHT_SHORT, LONG_START, LONG_STOP } from "./window-info.ts";

/** Where the short windows of a frame begin, and a long one's slope is flat up to (ISO/IEC 14496-3 section 4.6.11.3.2). */
const FLAT = (LINES - SHORT_LINES) / 2;
/** The kernel's α of Kaiser-Bessel derived windows, long and short (same section). */
const KBD_ALPHA = { long: 4, short: 6 };
/** Full scale of the samples that the standard speaks of. */
const FULL_SCALE = 32_768;

/** The rising halves of the windows, by shape. */
const LONG_SLOPES = [sineSlope(LINES), kaiserSlope(LINES, KBD_ALPHA.long)];
const SHORT_SLOPES = [sineSlope(SHORT_LINES), kaiserSlope(SHORT_LINES, KBD_ALPHA.short)];

const transformLong = createInverseTransform(LINES);
const transformShort = createInverseTransform(SHORT_LINES);
const long = new Float64Array(2 * LINES);
const short = new Float64Array(2 * SHORT_LINES);

/** The inverse filter bank of one channel, which keeps half a frame for the next. */
export type Filterbank = {
  /** Turns a frame's lines into 1024 samples, full scale being 1. */
  run(lines: Float32Array, sequence: number, shape: number, sound: Float32Array): void;
};

/** Section 4.6.11: inverse MDCT, windowing, and overlapping. */
export function createFilterbank(): Filterbank {
  const overlap = new Float64Array(LINES);
  let shapeBefore = 0;
  return {
    run(lines, sequence, shape, sound) {
      if (sequence === EIGHT_SHORT) eightShort(lines, shapeBefore, shape);
      else {
        transformLong(lines, 0, long);
        rise(sequence === LONG_STOP, shapeBefore);
        fall(sequence === LONG_START, shape);
      }
      for (let time = 0; time < LINES; time += 1) {
        sound[time] = overlap[time] + long[time];
        overlap[time] = long[LINES + time];
      }
      shapeBefore = shape;
    },
  };
}

/** Windows the first half of `long`. */
function rise(isShort: boolean, shape: number): void {
  if (!isShort) {
    const slope = LONG_SLOPES[shape];
    for (let time = 0; time < LINES; time += 1) long[time] *= slope[time];
    return;
  }
  const slope = SHORT_SLOPES[shape];
  long.fill(0, 0, FLAT);
  for (let time = 0; time < SHORT_LINES; time += 1) long[FLAT + time] *= slope[time];
}

/** Windows the second half of `long`. */
function fall(isShort: boolean, shape: number): void {
  if (!isShort) {
    const slope = LONG_SLOPES[shape];
    for (let time = 0; time < LINES; time += 1) long[LINES + time] *= slope[LINES - 1 - time];
    return;
  }
  const slope = SHORT_SLOPES[shape];
  const start = LINES + FLAT;
  for (let time = 0; time < SHORT_LINES; time += 1) long[start + time] *= slope[SHORT_LINES - 1 - time];
  long.fill(0, start + SHORT_LINES);
}

/** Puts eight short windows into `long`, each overlapping the next by half. */
function eightShort(lines: Float32Array, shapeBefore: number, shape: number): void {
  long.fill(0);
  for (let window = 0; window < SHORT_WINDOWS; window += 1) {
    transformShort(lines, window * SHORT_LINES, short);
    const rising = SHORT_SLOPES[window === 0 ? shapeBefore : shape];
    const falling = SHORT_SLOPES[shape];
    const start = FLAT + window * SHORT_LINES;
    for (let time = 0; time < SHORT_LINES; time += 1) {
      long[start + time] += short[time] * rising[time];
      long[start + SHORT_LINES + time] = short[SHORT_LINES + time] * falling[SHORT_LINES - 1 - time];
    }
  }
}

/**
 * An inverse MDCT of `size` lines to 2 · `size` samples (section 4.6.11.3.1), scaled to full scale 1: a DCT-IV by a complex
 * transform of half its size between two rotations, unfolded.
 */
function createInverseTransform(size: number) {
  const half = size / 2;
  const fft = new FFT(half);
  const rotation = (n: number): number => (Math.PI * (8 * n + 1)) / (8 * size);
  const cosines = Float64Array.from({ length: half }, (_, n) => Math.cos(rotation(n)));
  const sines = Float64Array.from({ length: half }, (_, n) => Math.sin(rotation(n)));
  const input = new Float64Array(size);
  const output = new Float64Array(size);
  const folded = new Float64Array(size);
  const scale = 1 / (size * FULL_SCALE);

  return (lines: Float32Array, first: number, samples: Float64Array): void => {
    for (let n = 0; n < half; n += 1) {
      const even = lines[first + 2 * n] * scale;
      const odd = lines[first + size - 1 - 2 * n] * scale;
      input[2 * n] = even * cosines[n] + odd * sines[n];
      input[2 * n + 1] = odd * cosines[n] - even * sines[n];
    }
    fft.transform(output, input);
    for (let n = 0; n < half; n += 1) {
      const real = output[2 * n];
      const imaginary = output[2 * n + 1];
      folded[2 * n] = real * cosines[n] + imaginary * sines[n];
      folded[size - 1 - 2 * n] = real * sines[n] - imaginary * cosines[n];
    }
    for (let n = 0; n < half; n += 1) {
      samples[n] = folded[half + n];
      samples[half + n] = -folded[size - 1 - n];
      samples[size + n] = -folded[half - 1 - n];
      samples[size + half + n] = -folded[n];
    }
  };
}

function sineSlope(length: number): Float64Array {
  return Float64Array.from({ length }, (_, n) => Math.sin((Math.PI / (2 * length)) * (n + 0.5)));
}

/** The running sum of a Kaiser window, as a share of the whole, under a root. */
function kaiserSlope(length: number, alpha: number): Float64Array {
  const kernel = Float64Array.from({ length: length + 1 }, (_, n) => {
    const x = (2 * n) / length - 1;
    return besselI0(Math.PI * alpha * Math.sqrt(Math.max(0, 1 - x * x)));
  });
  const whole = kernel.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  return Float64Array.from({ length }, (_, n) => {
    sum += kernel[n];
    return Math.sqrt(sum / whole);
  });
}

/** Modified Bessel function of the first kind and order 0, by its power series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 60; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
