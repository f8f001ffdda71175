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
/** Those of long windows beside short ones: nothing, a short slope, and all. */
const FLAT_SLOPES = SHORT_SLOPES.map((slope) => {
  const flat = new Float64Array(LINES).fill(1, FLAT + SHORT_LINES);
  flat.set(slope, FLAT);
  return flat;
});

const transformLong = createTransform(LINES);
const transformShort = createTransform(SHORT_LINES);
const long = new Float64Array(2 * LINES);

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
      if (sequence === EIGHT_SHORT) eightShort(lines, shapeBefore, shape, overlap, sound);
      else {
        const rising = (sequence === LONG_STOP ? FLAT_SLOPES : LONG_SLOPES)[shapeBefore];
        const falling = (sequence === LONG_START ? FLAT_SLOPES : LONG_SLOPES)[shape];
        overlapLong(transformLong(lines, 0), rising, falling, overlap, sound);
      }
      shapeBefore = shape;
    },
  };
}

/**
 * Unfolds a long window (section 4.6.11.3.1), adds its rising half to what the frame before left, and leaves its falling half to the
 * next one: all in one pass, as there are a thousand samples to be fetched each time.
 */
function overlapLong(
  folded: Float64Array,
  rising: Float64Array,
  falling: Float64Array,
  overlap: Float64Array,
  sound: Float32Array,
): void {
  const half = LINES / 2;
  for (let near = 0, far = LINES - 1; near < half; near += 1, far -= 1) {
    const first = folded[half + near];
    const second = -folded[half - 1 - near];
    sound[near] = overlap[near] + first * rising[near];
    sound[far] = overlap[far] - first * rising[far];
    overlap[near] = second * falling[far];
    overlap[far] = second * falling[near];
  }
}

/** Eight short windows, each overlapping the next by half, in the place of a long one. */
function eightShort(
  lines: Float32Array,
  shapeBefore: number,
  shape: number,
  overlap: Float64Array,
  sound: Float32Array,
): void {
  const half = SHORT_LINES / 2;
  long.fill(0);
  for (let window = 0; window < SHORT_WINDOWS; window += 1) {
    const folded = transformShort(lines, window * SHORT_LINES);
    const rising = SHORT_SLOPES[window === 0 ? shapeBefore : shape];
    const falling = SHORT_SLOPES[shape];
    const start = FLAT + window * SHORT_LINES;
    for (let near = 0, far = SHORT_LINES - 1; near < half; near += 1, far -= 1) {
      const first = folded[half + near];
      const second = -folded[half - 1 - near];
      long[start + near] += first * rising[near];
      long[start + far] -= first * rising[far];
      long[start + SHORT_LINES + near] = second * falling[far];
      long[start + SHORT_LINES + far] = second * falling[near];
    }
  }
  for (let time = 0; time < LINES; time += 1) {
    sound[time] = overlap[time] + long[time];
    overlap[time] = long[LINES + time];
  }
}

/**
 * A DCT-IV of `size` lines, scaled to full scale 1, by a complex transform of half its size between two rotations: an inverse MDCT
 * (section 4.6.11.3.1) before it is unfolded to twice as many samples. What comes back is valid until the next call.
 */
function createTransform(size: number) {
  const half = size / 2;
  const fft = new FFT(half);
  const rotation = (n: number): number => (Math.PI * (8 * n + 1)) / (8 * size);
  const cosines = Float64Array.from({ length: half }, (_, n) => Math.cos(rotation(n)));
  const sines = Float64Array.from({ length: half }, (_, n) => Math.sin(rotation(n)));
  const input = new Float64Array(size);
  const output = new Float64Array(size);
  const folded = new Float64Array(size);
  const scale = 1 / (size * FULL_SCALE);

  return (lines: Float32Array, first: number): Float64Array => {
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
    return folded;
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
