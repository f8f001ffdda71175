import { clamp, mean } from "../signal/statistics.ts";

/** A note's odds, at most: none decides alone. */
const MOST_ODDS = 6;

/** A recording's odds: the mean of its notes'. */
export function meanOdds(noteOdds: readonly number[]): number {
  return mean(noteOdds.map((odds) => clamp(odds, -MOST_ODDS, MOST_ODDS)));
}
