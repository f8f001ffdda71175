/** The frames of the normalised spectrum transformed along the frequency axis, once for both layers that hear harmonics. */

import { BINS, FRAMES, SPECTRUM_LEFT, SPECTRUM_ROW } from "./dimensions";
import { POINT, POINTS, TRANSFORM, transform } from "./fourier";
import { spectrum } from "./normalise";

/** Frequencies of a real signal's transform that aren't the conjugates of others. */
export const FREQUENCIES: i32 = POINTS / 2 + 1;
/** Room for frames: whole eights, and eight more so that neighbouring frequencies don't fall on the same cache lines. */
const FRAME_ROOM: i32 = ((FRAMES + 7) / 8) * 8 + 8;
/** Bytes from the real parts of all frames at a frequency to the imaginary ones, and to the next frequency. */
export const IMAGINARY: i32 = FRAME_ROOM * 4;
export const FREQUENCY: i32 = FRAME_ROOM * 8;

/** By frequency: real parts of all frames, imaginary parts of all frames. */
const transforms: usize = memory.data(FREQUENCIES * FRAME_ROOM * 8, 16);
const work: usize = memory.data(POINTS * 32, 16);

/** Where a frame's real part at frequency 0 stands; the next frame's is four bytes on. */
export function transformOf(frame: i32): usize {
  return transforms + frame * 4;
}

/** Transforms the frames first … last − 1, and up to seven more at either end. */
export function transformSpectra(first: i32, last: i32): void {
  for (let frame = first & ~7; frame < last; frame += 8) transformFrames(frame);
}

/** Transforms the spectra of eight frames, two in each lane: one as real part, one as imaginary. */
function transformFrames(first: i32): void {
  memory.fill(work, 0, TRANSFORM);
  const frames = min(8, FRAMES - first);
  for (let frame = 0; frame < frames; frame += 1) {
    const from = spectrum + ((first + frame) * SPECTRUM_ROW + SPECTRUM_LEFT) * 4;
    const to = work + frame * 4;
    for (let bin = 0; bin < BINS; bin += 1) store<f32>(to + bin * POINT, load<f32>(from + bin * 4));
  }
  transform(work);
  const half = f32x4.splat(0.5);
  for (let k = 0; k < FREQUENCIES; k += 1) {
    const at = work + k * POINT;
    const mirrored = work + (k === 0 ? 0 : POINTS - k) * POINT;
    const real = v128.load(at);
    const imaginary = v128.load(at, 16);
    const mirroredReal = v128.load(mirrored);
    const mirroredImaginary = v128.load(mirrored, 16);
    const to = transforms + k * FREQUENCY + first * 4;
    v128.store(to, f32x4.mul(half, f32x4.add(real, mirroredReal)));
    v128.store(to, f32x4.mul(half, f32x4.add(imaginary, mirroredImaginary)), 16);
    v128.store(to + IMAGINARY, f32x4.mul(half, f32x4.sub(imaginary, mirroredImaginary)));
    v128.store(to + IMAGINARY, f32x4.mul(half, f32x4.sub(mirroredReal, real)), 16);
  }
}
