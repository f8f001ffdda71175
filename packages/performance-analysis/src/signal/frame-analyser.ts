import { createCurve } from "./curve.ts";
import { createFilterbank } from "./filterbank.ts";
import { type FrameCurves, HOP, WINDOW } from "./frames.ts";
import { createKWeighting, createOffsetFilter } from "./k-weighting.ts";
import { createOnsetStrength } from "./onset-strength.ts";
import { LISTENING_RATE } from "./resample.ts";
import type { SignalKernel } from "./signal-kernel.ts";
import { addSquares } from "./statistics.ts";
import { createFlatness, peakFrequency } from "./tonality.ts";

export type FrameAnalyser = {
  /** Takes mono samples at 22,050 Hz. */
  push(samples: Float32Array): void;
  /** All curves up to the last whole frame. */
  curves(): FrameCurves;
};

/** Turns a stream of samples into frame-level curves; holds one window of samples and 1.7 kB of curves a second. */
export function createFrameAnalyser(kernel: SignalKernel): FrameAnalyser {
  const power = createCurve();
  const weighted = createCurve();
  const strength = createCurve();
  const flatness = createCurve();
  const frequency = createCurve();
  const offsetFilter = createOffsetFilter(LISTENING_RATE);
  const kWeighting = createKWeighting(LISTENING_RATE);
  const onsetStrength = createOnsetStrength(createFilterbank(LISTENING_RATE, WINDOW));
  const flatnessOf = createFlatness(LISTENING_RATE, WINDOW);

  const window = new Float32Array(WINDOW);
  /** Samples in `window`; of a whole number of hops it is full. */
  let filled = 0;
  const hop = new Float64Array(HOP);
  /** Samples in `hop`, and the sums of their squares, plain and weighted. */
  let hopFilled = 0;
  let energy = 0;
  let weightedEnergy = 0;

  function endHop(): void {
    power.append(energy / HOP);
    weighted.append(weightedEnergy / HOP);
    energy = 0;
    weightedEnergy = 0;
    hopFilled = 0;
  }

  function endFrame(): void {
    const magnitudes = kernel.magnitudes(window);
    strength.append(onsetStrength(magnitudes));
    flatness.append(flatnessOf(magnitudes));
    frequency.append(peakFrequency(magnitudes, LISTENING_RATE, WINDOW));
    window.copyWithin(0, HOP);
    filled = WINDOW - HOP;
  }

  return {
    push(samples) {
      for (let at = 0; at < samples.length; ) {
        const block = hop.subarray(0, Math.min(HOP - hopFilled, samples.length - at));
        block.set(samples.subarray(at, at + block.length));
        at += block.length;
        offsetFilter(block);
        window.set(block, filled);
        energy = addSquares(energy, block);
        kWeighting(block);
        weightedEnergy = addSquares(weightedEnergy, block);
        hopFilled += block.length;
        filled += block.length;
        if (hopFilled === HOP) endHop();
        if (filled === WINDOW) endFrame();
      }
    },
    curves: () => ({
      power: power.values(),
      weighted: weighted.values(),
      strength: strength.values(),
      flatness: flatness.values(),
      peakFrequency: frequency.values(),
    }),
  };
}
