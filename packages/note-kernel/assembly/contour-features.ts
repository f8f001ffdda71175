/**
 * The first layer: 8 harmonics → 8 channels, 3 frames × 39 bins, two thirds of the whole network's work if done term by
 * term. The harmonics are one spectrum shifted, so that layer and shifts together are one filter of 176 bins (−55 … 120)
 * from that spectrum to each channel. It is applied by Fourier transforms along the frequency axis. What the shifted
 * harmonics have beyond the 264 bins, where the network sees zeros, is then taken off again at either end.
 */

import {
  BINS,
  CONTOUR_FEATURE_ROW,
  FRAMES,
  HARMONICS,
  harmonicShift,
  KEY_BINS,
  SPECTRUM_LEFT,
  SPECTRUM_ROW,
} from "./dimensions";
import { multiplyAdd, multiplySubtract } from "./elementary";
import { POINT, POINTS, TRANSFORM, transform } from "./fourier";
import { spectrum } from "./normalise";
import { FREQUENCIES, FREQUENCY, IMAGINARY, transformOf } from "./spectrum-transforms";
import { contourFeatureBias, contourFeatureWeights } from "./weights";

const TAPS: i32 = 39;
/** Bins of the filter to either side of the middle. */
const REACH: i32 = 19;
/** Bytes of one filter's spectrum at one frequency: real and imaginary parts of channels 0 – 3, then of 4 – 7. */
const RESPONSE: i32 = 64;

/** Output: FRAMES rows of CONTOUR_FEATURE_ROW floats, two bins of zeros at either end. */
export const contourFeatures: usize = memory.data(FRAMES * CONTOUR_FEATURE_ROW * 4, 16);

/** Spectra of the filters: by frequency, then by frame of the filter. */
const responses: usize = memory.data(FREQUENCIES * 3 * 64, 16);
const work: usize = memory.data(POINTS * 32, 16);

/** Transforms the filters. Call once, after the weights and the roots of unity are in place. */
export function prepareContourFeatures(): void {
  for (let frame = 0; frame < 3; frame += 1) {
    memory.fill(work, 0, TRANSFORM);
    for (let tap = 0; tap < TAPS; tap += 1) {
      for (let harmonic = 0; harmonic < HARMONICS; harmonic += 1) {
        const shift = tap - REACH + harmonicShift(harmonic);
        const at = work + (shift < 0 ? shift + POINTS : shift) * POINT;
        const weight = contourFeatureWeights + ((frame * TAPS + tap) * HARMONICS + harmonic) * 32;
        // Channels 0 – 3 as real parts, 4 – 7 as imaginary.
        v128.store(at, f32x4.add(v128.load(at), v128.load(weight)));
        v128.store(at, f32x4.add(v128.load(at, 16), v128.load(weight, 16)), 16);
      }
    }
    transform(work);
    const scale = f32x4.splat(0.5 / <f32>POINTS);
    for (let k = 0; k < FREQUENCIES; k += 1) {
      const at = work + k * POINT;
      const mirrored = work + (k === 0 ? 0 : POINTS - k) * POINT;
      const real = v128.load(at);
      const imaginary = v128.load(at, 16);
      const mirroredReal = v128.load(mirrored);
      const mirroredImaginary = v128.load(mirrored, 16);
      const to = responses + (k * 3 + frame) * RESPONSE;
      // Conjugated: the layer correlates, it doesn't convolve.
      v128.store(to, f32x4.mul(scale, f32x4.add(real, mirroredReal)));
      v128.store(to, f32x4.mul(scale, f32x4.sub(mirroredImaginary, imaginary)), 16);
      v128.store(to, f32x4.mul(scale, f32x4.add(imaginary, mirroredImaginary)), 32);
      v128.store(to, f32x4.mul(scale, f32x4.sub(real, mirroredReal)), 48);
    }
  }
}

/** The layer for one frame, before the correction of its ends; those aren't rectified yet. */
function filterFrame(frame: i32): void {
  let here = transformOf(frame);
  let response = responses;
  for (let k = 0; k < FREQUENCIES; k += 1) {
    let real = v128.load32_splat(here - 4);
    let imaginary = v128.load32_splat(here - 4, IMAGINARY);
    let weightReal = v128.load(response);
    let weightImaginary = v128.load(response, 16);
    let lowReal = f32x4.mul(real, weightReal);
    let lowImaginary = f32x4.mul(real, weightImaginary);
    lowReal = multiplySubtract(imaginary, weightImaginary, lowReal);
    lowImaginary = multiplyAdd(imaginary, weightReal, lowImaginary);
    weightReal = v128.load(response, 32);
    weightImaginary = v128.load(response, 48);
    let highReal = f32x4.mul(real, weightReal);
    let highImaginary = f32x4.mul(real, weightImaginary);
    highReal = multiplySubtract(imaginary, weightImaginary, highReal);
    highImaginary = multiplyAdd(imaginary, weightReal, highImaginary);

    real = v128.load32_splat(here);
    imaginary = v128.load32_splat(here, IMAGINARY);
    weightReal = v128.load(response, 64);
    weightImaginary = v128.load(response, 80);
    lowReal = multiplyAdd(real, weightReal, lowReal);
    lowImaginary = multiplyAdd(real, weightImaginary, lowImaginary);
    lowReal = multiplySubtract(imaginary, weightImaginary, lowReal);
    lowImaginary = multiplyAdd(imaginary, weightReal, lowImaginary);
    weightReal = v128.load(response, 96);
    weightImaginary = v128.load(response, 112);
    highReal = multiplyAdd(real, weightReal, highReal);
    highImaginary = multiplyAdd(real, weightImaginary, highImaginary);
    highReal = multiplySubtract(imaginary, weightImaginary, highReal);
    highImaginary = multiplyAdd(imaginary, weightReal, highImaginary);

    real = v128.load32_splat(here, 4);
    imaginary = v128.load32_splat(here, IMAGINARY + 4);
    weightReal = v128.load(response, 128);
    weightImaginary = v128.load(response, 144);
    lowReal = multiplyAdd(real, weightReal, lowReal);
    lowImaginary = multiplyAdd(real, weightImaginary, lowImaginary);
    lowReal = multiplySubtract(imaginary, weightImaginary, lowReal);
    lowImaginary = multiplyAdd(imaginary, weightReal, lowImaginary);
    weightReal = v128.load(response, 160);
    weightImaginary = v128.load(response, 176);
    highReal = multiplyAdd(real, weightReal, highReal);
    highImaginary = multiplyAdd(real, weightImaginary, highImaginary);
    highReal = multiplySubtract(imaginary, weightImaginary, highReal);
    highImaginary = multiplyAdd(imaginary, weightReal, highImaginary);

    // high + i·low, whose inverse transform has channels 4 – 7 as real parts and 0 – 3 as imaginary. For the way back
    // the parts change places, before and after: so that the low channels come out first.
    const at = work + k * POINT;
    v128.store(at, f32x4.add(highImaginary, lowReal));
    v128.store(at, f32x4.sub(highReal, lowImaginary), 16);
    if (k > 0) {
      const mirrored = work + (POINTS - k) * POINT;
      v128.store(mirrored, f32x4.sub(lowReal, highImaginary));
      v128.store(mirrored, f32x4.add(highReal, lowImaginary), 16);
    }
    here += FREQUENCY;
    response += 3 * RESPONSE;
  }
  transform(work);
  const lowBias = v128.load(contourFeatureBias);
  const highBias = v128.load(contourFeatureBias, 16);
  const zero = f32x4.splat(0);
  const to = contourFeatures + (frame * CONTOUR_FEATURE_ROW + 2 * HARMONICS) * 4;
  for (let bin = 0; bin < KEY_BINS; bin += 1) {
    const at = bin * 32;
    let low = f32x4.add(v128.load(work + at), lowBias);
    let high = f32x4.add(v128.load(work + at, 16), highBias);
    if (bin >= REACH && bin < KEY_BINS - REACH) {
      low = f32x4.max(low, zero);
      high = f32x4.max(high, zero);
    }
    v128.store(to + at, low);
    v128.store(to + at, high, 16);
  }
}

function rectifiedDifference(at: usize, amount: v128): void {
  v128.store(at, f32x4.max(f32x4.sub(v128.load(at), amount), f32x4.splat(0)));
}

/** Takes off what the bins first … last beyond the keys added to `bin`, in four frames, and rectifies. */
function correctBin(
  frame: i32,
  bin: i32,
  first: i32,
  last: i32,
  lowestHarmonic: i32,
  highestHarmonic: i32,
): void {
  let low0 = f32x4.splat(0);
  let low1 = low0;
  let low2 = low0;
  let low3 = low0;
  let high0 = low0;
  let high1 = low0;
  let high2 = low0;
  let high3 = low0;
  for (let offset = -1; offset <= 1; offset += 1) {
    const row = spectrum + ((frame + offset) * SPECTRUM_ROW + SPECTRUM_LEFT) * 4;
    for (let harmonic = lowestHarmonic; harmonic <= highestHarmonic; harmonic += 1) {
      const shift = harmonicShift(harmonic);
      const end = min(last, BINS - 1 - shift);
      let from = row + (first + shift) * 4;
      let weight =
        contourFeatureWeights + (((offset + 1) * TAPS + first - bin + REACH) * HARMONICS + harmonic) * 32;
      for (let beyond = first; beyond <= end; beyond += 1) {
        const low = v128.load(weight);
        const high = v128.load(weight, 16);
        let value = v128.load32_splat(from);
        low0 = multiplyAdd(value, low, low0);
        high0 = multiplyAdd(value, high, high0);
        value = v128.load32_splat(from, SPECTRUM_ROW * 4);
        low1 = multiplyAdd(value, low, low1);
        high1 = multiplyAdd(value, high, high1);
        value = v128.load32_splat(from, 2 * SPECTRUM_ROW * 4);
        low2 = multiplyAdd(value, low, low2);
        high2 = multiplyAdd(value, high, high2);
        value = v128.load32_splat(from, 3 * SPECTRUM_ROW * 4);
        low3 = multiplyAdd(value, low, low3);
        high3 = multiplyAdd(value, high, high3);
        from += 4;
        weight += HARMONICS * 32;
      }
    }
  }
  const row = CONTOUR_FEATURE_ROW * 4;
  const at = contourFeatures + frame * row + (bin + 2) * HARMONICS * 4;
  rectifiedDifference(at, low0);
  rectifiedDifference(at + 16, high0);
  rectifiedDifference(at + row, low1);
  rectifiedDifference(at + row + 16, high1);
  rectifiedDifference(at + 2 * row, low2);
  rectifiedDifference(at + 2 * row + 16, high2);
  rectifiedDifference(at + 3 * row, low3);
  rectifiedDifference(at + 3 * row + 16, high3);
}

/**
 * Works out the layer for frames first … last − 1, whose number must be a multiple of four; these and one more at either
 * end must be transformed.
 */
export function contourLayer(first: i32, last: i32): void {
  for (let frame = first; frame < last; frame += 1) filterFrame(frame);
  for (let frame = first; frame < last; frame += 4) {
    // Below the lowest key the harmonics from the octave up have a spectrum; above the highest, those up to the octave.
    for (let bin = 0; bin < REACH; bin += 1) correctBin(frame, bin, bin - REACH, -1, 2, 7);
    for (let bin = KEY_BINS - REACH; bin < KEY_BINS; bin += 1) {
      correctBin(frame, bin, KEY_BINS, bin + REACH, 0, 2);
    }
  }
}
