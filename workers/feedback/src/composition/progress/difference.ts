import { DIMENSIONS } from "@crescendai/contracts";
import { type Scored, scored } from "../dimension-words.ts";
import type { EarlierRecording } from "../history.ts";
import { uncertaintyOfDifference } from "../uncertainty.ts";

/** How a dimension reads in one recording and in another. */
export interface Difference {
  readonly before: Scored;
  readonly now: Scored;
  /** Half-width of the 80 % interval of the difference, in points. */
  readonly uncertainty: number;
  /** Whether they differ by as much as that: anything less may be nothing. */
  readonly isCertain: boolean;
}

/**
 * How the dimensions differ that have a score in both of two recordings: the one rule by which feedback and the coach say that a
 * dimension has changed.
 *
 * @param commonError share of the error that both have in common, 0 to 1, where listeners' ratings are all that a score rests
 *   on. What is measured errs by room and microphone, each time anew.
 */
export function differencesOf(
  before: EarlierRecording["dimensions"],
  now: EarlierRecording["dimensions"],
  commonError: number,
): Difference[] {
  return DIMENSIONS.flatMap((dimension): Difference[] => {
    const [one, other] = [scored(dimension, before[dimension]), scored(dimension, now[dimension])];
    if (one === null || other === null) return [];
    const isRated = before[dimension].basis === "rated" && now[dimension].basis === "rated";
    const common = isRated ? commonError : 0;
    const uncertainty = uncertaintyOfDifference(one.uncertainty, other.uncertainty, common);
    const points = Math.abs(other.score - one.score);
    return [{ before: one, now: other, uncertainty, isCertain: points > 0 && points >= uncertainty }];
  });
}
