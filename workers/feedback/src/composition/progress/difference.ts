import { DIMENSIONS } from "@crescendai/contracts";
import { type Scored, scored } from "../dimension-words.ts";
import type { EarlierRecording } from "../history.ts";
import { commonErrorOf, uncertaintyOfDifference } from "../uncertainty.ts";

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
 * @param isSameMusic whether both are of the same music: then scores that rest on ratings alone err together.
 */
export function differencesOf(
  before: EarlierRecording["dimensions"],
  now: EarlierRecording["dimensions"],
  isSameMusic: boolean,
): Difference[] {
  return DIMENSIONS.flatMap((dimension): Difference[] => {
    const [one, other] = [scored(dimension, before[dimension]), scored(dimension, now[dimension])];
    if (one === null || other === null) return [];
    const bases = [before[dimension].basis, now[dimension].basis];
    const common = isSameMusic ? Math.min(...bases.map(commonErrorOf)) : 0;
    const uncertainty = uncertaintyOfDifference(one.uncertainty, other.uncertainty, common);
    const points = Math.abs(other.score - one.score);
    return [{ before: one, now: other, uncertainty, isCertain: points > 0 && points >= uncertainty }];
  });
}
