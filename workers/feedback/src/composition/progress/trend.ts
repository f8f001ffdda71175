import { type Analysis, DIMENSIONS } from "@crescendai/contracts";
import { nameOf, scored } from "../dimension-words.ts";
import type { History } from "../history.ts";
import type { Register } from "../register.ts";
import { uncertaintyOfDifference } from "../uncertainty.ts";
import { whole } from "../wording.ts";

/** Fewest earlier recordings of other music by which anything is said of a trend. */
const LEAST_RECORDINGS = 3;

/**
 * A cautious sentence on the dimension that differs most from the player's median in other music; null where none
 * differs by more than its uncertainty, or there is too little to compare with. Errors count in full: in other music
 * the model errs otherwise.
 */
export function trendSentence(others: History, analysis: Analysis, register: Register): string | null {
  const differences = DIMENSIONS.flatMap((dimension) => {
    const now = scored(dimension, analysis.dimensions[dimension]);
    const before = others
      .map(({ dimensions }) => scored(dimension, dimensions[dimension]))
      .filter((reading) => reading !== null);
    if (now === null || before.length < LEAST_RECORDINGS) return [];
    const usual = median(before.map(({ score }) => score));
    const uncertainty = uncertaintyOfDifference(
      now.uncertainty,
      median(before.map((reading) => reading.uncertainty)),
      0,
    );
    const difference = now.score - usual;
    return Math.abs(difference) < uncertainty
      ? []
      : [{ dimension, difference, usual, now: now.score, count: before.length }];
  });
  const [most] = differences.toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  if (most === undefined) return null;
  return `Against your last ${most.count} recordings of other music, ${nameOf(most.dimension, register)} reads ${most.difference > 0 ? "higher" : "lower"} (about ${whole(most.now)}, usually ${whole(most.usual)}); the music may be the reason as much as the playing.`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
