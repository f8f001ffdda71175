import type { FeatureList } from "../features/feature-list.ts";
import { type FeatureSpace, KNOTS } from "./feature-space.ts";

/** The features that tell how evenly time is kept. */
const TIMING = [
  /^attack_log_interval_change_/u,
  /^run_deviation_/u,
  /^unevenness$/u,
  /^beat_deviation$/u,
  /^pulse_clarity$/u,
];
/**
 * Steps between knots on each side of the middle: 0.75 standard deviations, within which 55 of 100 rated performances lie. One in
 * ten of them is a score that a machine played, and beyond lies hardly anything else that is even. With three steps 40 ms of
 * jitter still raise tone and interpretation by more than their uncertainty here and there.
 */
const USUAL_STEPS = 2;

/** Whether a feature tells how evenly time is kept. */
function isTiming(name: string): boolean {
  return TIMING.some((pattern) => pattern.test(name));
}

/**
 * The features as if time were kept as evenly as pianists keep it: those that tell of it brought within what is usual among the
 * rated performances. Listeners rated machine-made performances low in everything, and the model knows these by their timing: on
 * scores played evenly to the millisecond, 40 ms of jitter made it rate tone and interpretation up by 12 points, as nearer to
 * how pianists sound, while of pianists' own performances the same jitter moves them by less than 2 (docs/analysis.md).
 */
export function withUsualTiming(
  { names, values }: Pick<FeatureList, "names" | "values">,
  { knots }: FeatureSpace,
): number[] {
  const middle = (KNOTS - 1) / 2;
  return values.map((value, index) => {
    if (!isTiming(names[index])) return value;
    const least = knots[index * KNOTS + middle - USUAL_STEPS];
    const most = knots[index * KNOTS + middle + USUAL_STEPS];
    return Math.min(most, Math.max(least, value));
  });
}
