/**
 * The layer that onsets are heard by: 8 harmonics → 32 channels at each of 88 keys, 5 frames × 5 bins, three bins from key to
 * key. As in the contour layer, harmonics and layer together are one filter from the spectrum to each channel, applied by Fourier
 * transforms along the frequency axis. Only every third bin is wanted: 128 frequencies, into which the others are folded
 * (the decimated signal's transform), do for that. What the lowest and the highest key hear of bins that the network doesn't
 * see is taken off again.
 */

import {
  CHANNELS,
  FRAMES,
  HARMONICS,
  harmonicShift,
  KEY_BINS,
  KEYS,
  SPECTRUM_LEFT,
  SPECTRUM_ROW,
  WIDE_ROW,
} from "./dimensions";
import { multiplyAdd, multiplySubtract } from "./elementary";
import {
  POINT,
  POINTS,
  SHORT_POINTS,
  SHORT_TRANSFORM,
  TRANSFORM,
  transform,
  transformShort,
} from "./fourier";
import { spectrum } from "./normalise";
import { FREQUENCIES, FREQUENCY, IMAGINARY, transformOf } from "./spectrum-transforms";
import { onsetFeatureBias, onsetFeatureWeights } from "./weights";

/** Frames of the filter, and bins; the first of these is the one below a key's lowest. */
const FILTER_FRAMES: i32 = 5;
const TAPS: i32 = 5;
/** Channels worked out together: half of them become real parts, half imaginary. */
const GROUP: i32 = 8;
const GROUPS: i32 = CHANNELS / GROUP;
/** Bytes of one filter's spectrum at one frequency: real and imaginary parts of four channels. */
const RESPONSE: i32 = 32;
/** Bytes of the spectra of four channels' filters at one frequency, frame by frame. */
const RESPONSES: i32 = FILTER_FRAMES * RESPONSE;
/** Bytes from one frequency to the next. */
const STEP: i32 = 2 * RESPONSES;

/** Output: FRAMES rows of WIDE_ROW floats, one key of zeros at either end. */
export const onsetFeatures: usize = memory.data(FRAMES * WIDE_ROW * 4, 16);

/** Spectra of the filters: by group of channels, by frequency, by half of the group, by frame of the filter. */
const responses: usize = memory.data(GROUPS * FREQUENCIES * 5 * 32 * 2, 16);
const work: usize = memory.data(POINTS * 32, 16);
/** Sums of products for four frames. */
const sums: usize = memory.data(4 * SHORT_POINTS * 32, 16);

/** Transforms the filters. Call once, after the weights and the roots of unity are in place. */
export function prepareOnsetFeatures(): void {
  for (let group = 0; group < GROUPS; group += 1) {
    for (let frame = 0; frame < FILTER_FRAMES; frame += 1) prepareFilters(group, frame);
  }
}

/** Transforms the filters of eight channels for one frame. */
function prepareFilters(group: i32, frame: i32): void {
  memory.fill(work, 0, TRANSFORM);
  for (let tap = 0; tap < TAPS; tap += 1) {
    for (let harmonic = 0; harmonic < HARMONICS; harmonic += 1) {
      const shift = tap - 1 + harmonicShift(harmonic);
      const at = work + (shift < 0 ? shift + POINTS : shift) * POINT;
      const weight =
        onsetFeatureWeights + (((frame * TAPS + tap) * HARMONICS + harmonic) * CHANNELS + group * GROUP) * 4;
      // Half of the channels as real parts, half as imaginary.
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
    const to = responses + (group * FREQUENCIES + k) * STEP + frame * RESPONSE;
    // Conjugated: the layer correlates, it doesn't convolve.
    v128.store(to, f32x4.mul(scale, f32x4.add(real, mirroredReal)));
    v128.store(to, f32x4.mul(scale, f32x4.sub(mirroredImaginary, imaginary)), 16);
    v128.store(to + RESPONSES, f32x4.mul(scale, f32x4.add(imaginary, mirroredImaginary)));
    v128.store(to + RESPONSES, f32x4.mul(scale, f32x4.sub(real, mirroredReal)), 16);
  }
}

/**
 * Sums at frequency k of 128, over the frames of the filter and the three frequencies of 384 that fold into it, for four frames
 * and four channels, the low or the high ones of a group. They go to `sums`.
 */
function sumProducts(spectra: usize, filters: usize, k: i32, isHigh: bool): void {
  let real0 = f32x4.splat(0);
  let real1 = real0;
  let real2 = real0;
  let real3 = real0;
  let imaginary0 = real0;
  let imaginary1 = real0;
  let imaginary2 = real0;
  let imaginary3 = real0;
  for (let fold = -1; fold < 2; fold += 1) {
    // Frequency k + 256 is that of 128 − k, conjugated: it comes first, and what it gave is conjugated before the others.
    const frequency = fold < 0 ? SHORT_POINTS - k : k + fold * SHORT_POINTS;
    if (fold === 0) {
      imaginary0 = f32x4.neg(imaginary0);
      imaginary1 = f32x4.neg(imaginary1);
      imaginary2 = f32x4.neg(imaginary2);
      imaginary3 = f32x4.neg(imaginary3);
    }
    let from = spectra + frequency * FREQUENCY;
    let filter = filters + frequency * STEP;
    for (const end = filter + RESPONSES; filter < end; filter += RESPONSE) {
      const weightReal = v128.load(filter);
      const weightImaginary = v128.load(filter, 16);
      let real = v128.load32_splat(from);
      let imaginary = v128.load32_splat(from, IMAGINARY);
      real0 = multiplyAdd(real, weightReal, real0);
      imaginary0 = multiplyAdd(real, weightImaginary, imaginary0);
      real0 = multiplySubtract(imaginary, weightImaginary, real0);
      imaginary0 = multiplyAdd(imaginary, weightReal, imaginary0);
      real = v128.load32_splat(from, 4);
      imaginary = v128.load32_splat(from, IMAGINARY + 4);
      real1 = multiplyAdd(real, weightReal, real1);
      imaginary1 = multiplyAdd(real, weightImaginary, imaginary1);
      real1 = multiplySubtract(imaginary, weightImaginary, real1);
      imaginary1 = multiplyAdd(imaginary, weightReal, imaginary1);
      real = v128.load32_splat(from, 8);
      imaginary = v128.load32_splat(from, IMAGINARY + 8);
      real2 = multiplyAdd(real, weightReal, real2);
      imaginary2 = multiplyAdd(real, weightImaginary, imaginary2);
      real2 = multiplySubtract(imaginary, weightImaginary, real2);
      imaginary2 = multiplyAdd(imaginary, weightReal, imaginary2);
      real = v128.load32_splat(from, 12);
      imaginary = v128.load32_splat(from, IMAGINARY + 12);
      real3 = multiplyAdd(real, weightReal, real3);
      imaginary3 = multiplyAdd(real, weightImaginary, imaginary3);
      real3 = multiplySubtract(imaginary, weightImaginary, real3);
      imaginary3 = multiplyAdd(imaginary, weightReal, imaginary3);
      from += 4;
    }
  }
  putSums(k, real0, imaginary0, sums, isHigh);
  putSums(k, real1, imaginary1, sums + SHORT_TRANSFORM, isHigh);
  putSums(k, real2, imaginary2, sums + 2 * SHORT_TRANSFORM, isHigh);
  putSums(k, real3, imaginary3, sums + 3 * SHORT_TRANSFORM, isHigh);
}

/**
 * Makes high + i·low of the sums of eight channels, whose inverse transform has high channels as real parts and low ones as
 * imaginary: puts the low ones down, or adds the high ones to them. For the way back the parts change places, before and
 * after: so that the low channels come out first.
 */
function putSums(k: i32, real: v128, imaginary: v128, to: usize, isHigh: bool): void {
  const at = to + k * POINT;
  const mirrored = to + (SHORT_POINTS - k) * POINT;
  const isMirrored = k > 0 && k < SHORT_POINTS / 2;
  if (isHigh) {
    v128.store(at, f32x4.add(v128.load(at), imaginary));
    v128.store(at, f32x4.add(v128.load(at, 16), real), 16);
    if (!isMirrored) return;
    v128.store(mirrored, f32x4.sub(v128.load(mirrored), imaginary));
    v128.store(mirrored, f32x4.add(v128.load(mirrored, 16), real), 16);
  } else {
    v128.store(at, real);
    v128.store(at, f32x4.neg(imaginary), 16);
    if (!isMirrored) return;
    v128.store(mirrored, real);
    v128.store(mirrored, imaginary, 16);
  }
}

/** Adds what bins beyond the keys added to a key, at one tap of the filter, to be taken off: eight channels of one frame. */
function beyond(frame: i32, group: i32, bin: i32, tap: i32, lowest: i32, highest: i32, isHigh: bool): v128 {
  let sum = f32x4.splat(0);
  for (let offset = 0; offset < FILTER_FRAMES; offset += 1) {
    const row = spectrum + ((frame - 2 + offset) * SPECTRUM_ROW + SPECTRUM_LEFT + bin) * 4;
    for (let harmonic = lowest; harmonic <= highest; harmonic += 1) {
      const weight =
        onsetFeatureWeights +
        (((offset * TAPS + tap) * HARMONICS + harmonic) * CHANNELS + group * GROUP + (isHigh ? 4 : 0)) * 4;
      sum = multiplyAdd(v128.load32_splat(row + harmonicShift(harmonic) * 4), v128.load(weight), sum);
    }
  }
  return sum;
}

/** Takes a frame's eight channels from the transform: bias, correction of the outer keys, rectified. */
function takeChannels(from: usize, frame: i32, group: i32): void {
  const zero = f32x4.splat(0);
  const lowBias = v128.load(onsetFeatureBias + group * GROUP * 4);
  const highBias = v128.load(onsetFeatureBias + group * GROUP * 4, 16);
  const to = onsetFeatures + (frame * WIDE_ROW + CHANNELS + group * GROUP) * 4;
  // Below the lowest key the harmonics from the octave up have a spectrum; above the highest, those up to the octave.
  const last = from + (KEYS - 1) * POINT;
  v128.store(from, f32x4.sub(v128.load(from), beyond(frame, group, -1, 0, 2, 7, false)));
  v128.store(from, f32x4.sub(v128.load(from, 16), beyond(frame, group, -1, 0, 2, 7, true)), 16);
  v128.store(last, f32x4.sub(v128.load(last), beyond(frame, group, KEY_BINS, TAPS - 1, 0, 2, false)));
  v128.store(last, f32x4.sub(v128.load(last, 16), beyond(frame, group, KEY_BINS, TAPS - 1, 0, 2, true)), 16);
  for (let key = 0; key < KEYS; key += 1) {
    const at = from + key * POINT;
    const out = to + key * CHANNELS * 4;
    v128.store(out, f32x4.max(f32x4.add(v128.load(at), lowBias), zero));
    v128.store(out, f32x4.max(f32x4.add(v128.load(at, 16), highBias), zero), 16);
  }
}

/** Works out the layer for four frames from `frame` on; these and two more at either end must be transformed. */
function filterFrames(frame: i32): void {
  for (let group = 0; group < GROUPS; group += 1) {
    const filters = responses + group * FREQUENCIES * STEP;
    for (let k = 0; k <= SHORT_POINTS / 2; k += 1) {
      sumProducts(transformOf(frame - 2), filters, k, false);
      sumProducts(transformOf(frame - 2), filters + RESPONSES, k, true);
    }
    for (let index = 0; index < 4; index += 1) {
      const from = sums + index * SHORT_TRANSFORM;
      transformShort(from);
      takeChannels(from, frame + index, group);
    }
  }
}

/** Works out the layer for frames first … last − 1, rounded up to whole fours. */
export function onsetLayer(first: i32, last: i32): void {
  for (let frame = first; frame < last; frame += 4) filterFrames(frame);
}
