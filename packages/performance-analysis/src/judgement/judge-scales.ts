import { PERCEPTUAL_SCALES } from "@crescendai/contracts";
import { predict } from "./kernel-regression.ts";
import type { ListeningModel } from "./model.ts";

/** What listeners would rate, on the 19 scales in the order of `PERCEPTUAL_SCALES`. */
export interface ScaleReading {
  /** 0 to 1. */
  readonly values: Float32Array;
  /** By how much intervals must be wider than on sounds like those of the data: 1 or more. */
  readonly widening: number;
}

/**
 * A recording half as near to all known ones as the farthest tenth of them gets intervals half as wide again; one that is
 * like none of them gets them twice as wide.
 */
const MOST_WIDENING = 2;

/** Rates one stretch by its features. */
export function judgeScales(model: ListeningModel, features: ArrayLike<number>): ScaleReading {
  const { outputs, familiarity } = predict(model.scales, features);
  const missing = Math.max(0, 1 - familiarity / model.calibration.usualFamiliarity);
  return {
    values: outputs.map((value) => Math.max(0, Math.min(1, value))),
    widening: 1 + (MOST_WIDENING - 1) * missing,
  };
}

/** Mean of readings of stretches, each weighing as many seconds as it lasts. */
export function averageReadings(
  readings: readonly { readonly reading: ScaleReading; readonly seconds: number }[],
): ScaleReading | null {
  const total = readings.reduce((sum, { seconds }) => sum + seconds, 0);
  if (!(total > 0)) return null;
  const values = new Float32Array(PERCEPTUAL_SCALES.length);
  let widening = 0;
  for (const { reading, seconds } of readings) {
    for (let scale = 0; scale < values.length; scale += 1)
      values[scale] += (reading.values[scale] * seconds) / total;
    widening += (reading.widening * seconds) / total;
  }
  return { values, widening };
}
