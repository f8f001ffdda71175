/** Which copies there are of every segment, and what each may be made of. */

import type { Degradation } from "./recipe.ts";

/** The piano that no cross-validated fit has heard: what it makes of this one says what it makes of any. */
export const HELD_OUT_PIANO = "musescore-grand";

/** Number of the copy on the known piano that nothing was done to. */
export const KNOWN_CLEAN_COPY = 0;

/**
 * Pianos of training and how often each is drawn. Bright and second sounds have their first ones' samples (waveforms
 * correlate at .99; the held-out piano correlates with none above .62), so that a pair counts as one piano.
 */
const TRAINING_PIANOS: ReadonlyMap<string, number> = new Map([
  ["salamander", 4],
  ["synthesised", 4],
  ["fluid-grand", 3],
  ["fluid-bright", 1],
  ["general-user-grand", 3],
  ["general-user-bright", 1.5],
  ["timgm-1", 1.5],
  ["timgm-2", 0.5],
  ["timgm-3", 2],
  ["csound-1", 1.5],
  ["csound-2", 0.5],
  ["fluid-honky-tonk", 0.4],
]);

/** What a copy is made of; its seed adds the segment and the copy's number. */
export interface CopyPlan {
  readonly pianos: ReadonlyMap<string, number>;
  readonly degradation: Degradation;
}

function only(piano: string): ReadonlyMap<string, number> {
  return new Map([[piano, 1]]);
}

/**
 * The plan of a copy, by its number from 0 on: 0 the known piano, clean; 4 and 5 the held-out piano, in a room and clean,
 * for testing only; all others any piano but the held-out one, any room, device and codec.
 */
export function planOf(copy: number): CopyPlan {
  switch (copy) {
    case KNOWN_CLEAN_COPY:
      return { pianos: only("salamander"), degradation: "clean" };
    case 4:
      return { pianos: only(HELD_OUT_PIANO), degradation: "room" };
    case 5:
      return { pianos: only(HELD_OUT_PIANO), degradation: "clean" };
    default:
      return { pianos: TRAINING_PIANOS, degradation: "random" };
  }
}
