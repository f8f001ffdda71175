import { PERCEPTUAL_SCALES } from "@crescendai/contracts";
import type { FeatureList } from "../features/feature-list.ts";
import type { ListeningModel } from "./model.ts";
import { predict } from "./scale-regression.ts";
import { withUsualTiming } from "./usual-timing.ts";

/** What listeners would rate, on the 19 scales in the order of `PERCEPTUAL_SCALES`. */
export interface ScaleReading {
  /** 0 to 1. */
  readonly values: Float32Array;
  /** The same as if time were kept as evenly as pianists keep it: for what isn't about time. */
  readonly atUsualTiming: Float32Array;
  /** By how much intervals must be wider than on sounds like those of the data: 1 or more. */
  readonly widening: number;
}

/**
 * A recording half as near to all known ones as the farthest tenth of them gets intervals half as wide again; one that is
 * like none of them gets them twice as wide.
 */
const MOST_WIDENING = 2;

/** Rates one stretch by its features, which are named. */
export function judgeScales(
  model: ListeningModel,
  features: Pick<FeatureList, "names" | "values">,
): ScaleReading {
  const { outputs, familiarity } = predict(model.scales, features.values);
  const usual = predict(model.scales, withUsualTiming(features, model.scales.space)).outputs;
  const missing = Math.max(0, 1 - familiarity / model.calibration.usualFamiliarity);
  return {
    values: outputs.map(asRating),
    atUsualTiming: usual.map(asRating),
    widening: 1 + (MOST_WIDENING - 1) * missing,
  };
}

function asRating(value: number): number {
  return Math.max(0, Math.min(1, value));
}

/** Mean of readings of stretches, each weighing as many seconds as it lasts. */
export function averageReadings(
  readings: readonly { readonly reading: ScaleReading; readonly seconds: number }[],
): ScaleReading | null {
  const total = readings.reduce((sum, { seconds }) => sum + seconds, 0);
  if (!(total > 0)) return null;
  const values = new Float32Array(PERCEPTUAL_SCALES.length);
  const atUsualTiming = new Float32Array(PERCEPTUAL_SCALES.length);
  let widening = 0;
  for (const { reading, seconds } of readings) {
    for (let scale = 0; scale < values.length; scale += 1) {
      values[scale] += (reading.values[scale] * seconds) / total;
      atUsualTiming[scale] += (reading.atUsualTiming[scale] * seconds) / total;
    }
    widening += (reading.widening * seconds) / total;
  }
  return { values, atUsualTiming, widening };
}
