/** From powers to the network's input: decibels, brought to 0 … 1 over the window, batch norm. */

import { BINS, FRAMES, LEVEL_ROW, SPECTRUM_LEFT, SPECTRUM_ROW } from "./dimensions";
import { logarithm, multiplyAdd } from "./elementary";
import { rootLengths, spectrumScale } from "./weights";

/** 10 / ln 10: from natural logarithms of a power to decibels. */
const DECIBELS: f32 = 4.342944819;
/** Added to every power, so that silence has a logarithm: −100 dB. */
const FLOOR: f32 = 1e-10;

/** Level of each bin in decibels, FRAMES rows of LEVEL_ROW floats, of which the first BINS count. */
export const levels: usize = memory.data(FRAMES * LEVEL_ROW * 4, 16);
/** The normalised spectrum: FRAMES rows of SPECTRUM_ROW floats, bin 0 at SPECTRUM_LEFT, zeros around. */
export const spectrum: usize = memory.data(FRAMES * SPECTRUM_ROW * 4, 16);
/** The kernels' lengths, BINS floats and a vector's rest. */
const lengths: usize = memory.data(LEVEL_ROW * 4, 16);

/** Call once, after the weights are in place. */
export function prepareNormalise(): void {
  for (let bin = 0; bin < BINS; bin += 1) {
    const root = load<f32>(rootLengths + bin * 4);
    store<f32>(lengths + bin * 4, root * root);
  }
}

/** Writes the levels of all frames, and the spectrum normalised by their lowest and highest. */
export function normalise(powers: usize): void {
  let lowest = f32x4.splat(f32.MAX_VALUE);
  let highest = f32x4.splat(-f32.MAX_VALUE);
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const from = powers + frame * LEVEL_ROW * 4;
    const to = levels + frame * LEVEL_ROW * 4;
    // The last vector covers three bins a second time instead of three beyond the end.
    for (let at = 0; at < BINS; at = at + 8 > BINS && at + 4 < BINS ? BINS - 4 : at + 4) {
      const power = multiplyAdd(v128.load(from + at * 4), v128.load(lengths + at * 4), f32x4.splat(FLOOR));
      const level = f32x4.mul(logarithm(power), f32x4.splat(DECIBELS));
      lowest = f32x4.min(lowest, level);
      highest = f32x4.max(highest, level);
      v128.store(to + at * 4, level);
    }
  }
  const bottom = min(
    min(f32x4.extract_lane(lowest, 0), f32x4.extract_lane(lowest, 1)),
    min(f32x4.extract_lane(lowest, 2), f32x4.extract_lane(lowest, 3)),
  );
  const top = max(
    max(f32x4.extract_lane(highest, 0), f32x4.extract_lane(highest, 1)),
    max(f32x4.extract_lane(highest, 2), f32x4.extract_lane(highest, 3)),
  );
  const range: f32 = top - bottom;
  const factor: f32 = range > 0 ? load<f32>(spectrumScale) / range : 0;
  const term: f32 = load<f32>(spectrumScale, 4) - bottom * factor;
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const from = levels + frame * LEVEL_ROW * 4;
    const to = spectrum + (frame * SPECTRUM_ROW + SPECTRUM_LEFT) * 4;
    for (let at = 0; at < BINS; at += 4) {
      const level = v128.load(from + at * 4);
      v128.store(to + at * 4, multiplyAdd(level, f32x4.splat(factor), f32x4.splat(term)));
    }
    for (let at = BINS; at < LEVEL_ROW; at += 1) store<f32>(to + at * 4, 0);
  }
}
