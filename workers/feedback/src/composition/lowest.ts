import type { Analysis, Dimension } from "@crescendai/contracts";
import { about, type Scored } from "./dimension-words.ts";
import { lowestReadings, nearestToLowest } from "./standing.ts";
import { counted, listed, upperFirst, whole } from "./wording.ts";

/** Most others that are named beside the lowest. */
const MOST_NAMED = 2;

/**
 * Which dimension reads lowest, by its name in the interface, as a sentence that also says which are too near to it to be told
 * apart; null where no scores can be compared.
 */
export function lowestInWords(analysis: Analysis): string | null {
  const readings = lowestReadings(analysis);
  const [lowest] = readings;
  if (lowest === undefined) return null;
  const sentence = `${upperFirst(wordsOf(lowest.dimension))} reads lowest, ${about(lowest)}`;
  const near = nearestToLowest(readings);
  return near.length === 0 ? `${sentence}.` : `${sentence}; ${tooNear(near)}.`;
}

function tooNear(near: readonly Scored[]): string {
  const named = near
    .slice(0, MOST_NAMED)
    .map(({ dimension, score }) => `${wordsOf(dimension)} (${whole(score)})`);
  const more = near.length - named.length;
  const all = more === 0 ? named : [...named, counted(more, "other")];
  return `${listed(all)} ${near.length === 1 ? "lies" : "lie"} too near to it to be told apart`;
}

/** `tone_quality` as words. */
function wordsOf(dimension: Dimension): string {
  return dimension.replaceAll("_", " ");
}
