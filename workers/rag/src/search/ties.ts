import type { ChunkPlace } from "../tables/passages.ts";
import type { Match } from "./fusion.ts";

/**
 * Ids of the matches that are as good as their neighbour.
 *
 * @param matches best first.
 */
export function tiedIds(matches: readonly Match[]): string[] {
  return matches.flatMap(({ id, score }, index) =>
    matches[index - 1]?.score === score || matches[index + 1]?.score === score ? id : [],
  );
}

/** The matches best first, equally good ones by what they are from and where in it they stand; unknown places come last. */
export function inOrderOfPlaces(matches: readonly Match[], places: ReadonlyMap<string, ChunkPlace>): Match[] {
  return matches.toSorted(
    (one, other) => other.score - one.score || comparePlaces(places.get(one.id), places.get(other.id)),
  );
}

function comparePlaces(one: ChunkPlace | undefined, other: ChunkPlace | undefined): number {
  if (one === undefined || other === undefined)
    return Number(one === undefined) - Number(other === undefined);
  if (one.source !== other.source) return one.source < other.source ? -1 : 1;
  return one.position - other.position;
}
