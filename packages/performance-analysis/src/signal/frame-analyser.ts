import { createCurve } from "./curve.ts";
import { createFilterbank } from "./filterbank.ts";
import { type FrameCurves, HOP, WINDOW } from "./frames.ts";
import { createOnsetStrength } from "./onset-strength.ts";
import { createPowerMeter } from "./power-meter.ts";
import { LISTENING_RATE } from "./resample.ts";
import type { SignalKernel } from "./signal-kernel.ts";
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
  const meter = createPowerMeter(LISTENING_RATE);
  const onsetStrength = createOnsetStrength(createFilterbank(LISTENING_RATE, WINDOW));
  const flatnessOf = createFlatness(LISTENING_RATE, WINDOW);

  const window = new Float32Array(WINDOW);
  /** Samples in `window`; of a whole number of hops it is full. */
  let filled = 0;
  /** Samples since the last hop. */
  let hopFilled = 0;

  function endHop(): void {
    const energies = meter.take();
    power.append(energies.plain / HOP);
    weighted.append(energies.weighted / HOP);
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
        const taken = Math.min(HOP - hopFilled, samples.length - at);
        meter.push(samples, at, at + taken, window, filled);
        at += taken;
        hopFilled += taken;
        filled += taken;
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
