import { kWeighting } from "./k-weighting.ts";

/** Sums of squares of a stream since they were last taken. */
export interface Energies {
  readonly plain: number;
  /** K-weighted: as loud as it is heard. */
  readonly weighted: number;
}

export interface PowerMeter {
  /**
   * Takes the offset off the samples from … to − 1, which follow those before, measures what is left, and puts it into `target` from
   * `at` on.
   */
  push(samples: Float32Array, from: number, to: number, target: Float32Array, at: number): void;
  /** What was measured since the last call. */
  take(): Energies;
}

/** Corner of the filter that takes a converter's constant offset away, in Hz: an octave below the lowest A. */
const OFFSET_CORNER = 13;

/**
 * Measures the power of a stream at `sampleRate` (Hz), plain and K-weighted, behind a one-pole high-pass that begins settled on the
 * first sample.
 */
export function createPowerMeter(sampleRate: number): PowerMeter {
  const pole = 1 - (2 * Math.PI * OFFSET_CORNER) / sampleRate;
  const { shelf, highPass } = kWeighting(sampleRate);
  /** What the offset filter, the shelf and the high-pass (direct form II transposed) keep of earlier samples. */
  let kept = { previous: 0, settled: 0, shelf1: 0, shelf2: 0, high1: 0, high2: 0 };
  let hasBegun = false;
  let plain = 0;
  let weighted = 0;
  return {
    push(samples, from, to, target, at) {
      if (to <= from) return;
      if (!hasBegun) kept.previous = samples[from];
      hasBegun = true;
      // One loop for all, and in variables of its own: each filter waits for its last output only, and the processor works on the
      // others meanwhile. One after the other they take more than twice as long.
      let { previous, settled, shelf1, shelf2, high1, high2 } = kept;
      let plainSum = plain;
      let weightedSum = weighted;
      for (let index = from; index < to; index += 1) {
        const sample = samples[index];
        settled = pole * settled + (sample - previous);
        previous = sample;
        target[at + index - from] = settled;
        plainSum += settled * settled;
        const raised = shelf.b0 * settled + shelf1;
        shelf1 = shelf.b1 * settled - shelf.a1 * raised + shelf2;
        shelf2 = shelf.b2 * settled - shelf.a2 * raised;
        const heard = highPass.b0 * raised + high1;
        high1 = highPass.b1 * raised - highPass.a1 * heard + high2;
        high2 = highPass.b2 * raised - highPass.a2 * heard;
        weightedSum += heard * heard;
      }
      kept = { previous, settled, shelf1, shelf2, high1, high2 };
      plain = plainSum;
      weighted = weightedSum;
    },
    take() {
      const energies = { plain, weighted };
      plain = 0;
      weighted = 0;
      return energies;
    },
  };
}
