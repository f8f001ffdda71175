/**
 * How loud a key and its partials typically are in one recording when the key is struck. The piano, the room and the microphone
 * make some partials louder than others, by the same amount throughout a recording; what is louder than that by much isn't a
 * partial but a note of its own.
 */

import { KEYS } from "./kernel.ts";
import type { OnsetCandidate } from "./onset-candidates.ts";
import { type Posteriors, SEMITONES } from "./posteriors.ts";

/** Partials 2 to 8 of a key, in semitones above it; the seventh is a third of a semitone lower. */
export const PARTIALS = [12, 19, 24, 28, 31, 34, 36] as const;

/** Candidates whose onset posterior is at least this, in 255ths, are gathered; two in five of them are onsets. */
const SURE = 110;
/** A struck key's level is the highest in so many frames after the onset: 70 ms. */
const ATTACK = 6;
/** Keys to either side whose notes count as well, and how many notes there must be before no more keys are taken. */
const REACHES = [2, 4, 8, 16, KEYS] as const;
const ENOUGH = 8;
/** The quantile taken for typical: a little under the median, as some of the partials' keys are struck themselves. */
const TYPICAL = 0.4;

/** Levels of struck keys in a recording; all in the posteriors' steps, see `LEVEL_STEPS`. */
export interface StruckLevels {
  /** How far the key's level in the attack at `frame` is above the typical level of a struck key thereabouts. */
  aboveTypical(key: number, frame: number): number;
  /**
   * How far it is above what it would typically be as that one of `PARTIALS` of a lower key, given the lower key's level in the
   * same attack. Undefined if the piano has no such key.
   */
  abovePartial(key: number, frame: number, partial: number): number | undefined;
  /** Typical level of a struck key thereabouts. */
  typical(key: number): number;
}

/** Gathers the levels of a recording's surest candidates. Where there are none, 0 is typical. */
export function struckLevels(posteriors: Posteriors, candidates: readonly OnsetCandidate[]): StruckLevels {
  const levels = Array.from({ length: SEMITONES }, (_, semitone) => posteriors.levelsOf(semitone));
  const last = posteriors.frameCount - 1;

  function inAttack(semitone: number, frame: number): number {
    const curve = levels[semitone];
    const end = Math.min(last, frame + ATTACK);
    let most = 0;
    for (let at = Math.min(last, frame + 1); at <= end; at += 1) if (curve[at] > most) most = curve[at];
    return most;
  }

  const own = emptyLists();
  const partials = PARTIALS.map(emptyLists);
  for (const { key, frame } of candidates) {
    if (posteriors.onsetsOf(key)[frame] < SURE) continue;
    const level = inAttack(key, frame);
    own[key].push(level);
    for (const [index, semitones] of PARTIALS.entries())
      if (key + semitones < SEMITONES) partials[index][key].push(inAttack(key + semitones, frame) - level);
  }
  const typicalOwn = typicalOf(own);
  const typicalPartials = partials.map(typicalOf);

  return {
    aboveTypical: (key, frame) => inAttack(key, frame) - typicalOwn[key],
    abovePartial(key, frame, partial) {
      const lower = key - PARTIALS[partial];
      if (lower < 0) return undefined;
      return inAttack(key, frame) - inAttack(lower, frame) - typicalPartials[partial][lower];
    },
    typical: (key) => typicalOwn[key],
  };
}

function emptyLists(): number[][] {
  return Array.from({ length: KEYS }, () => []);
}

/** The typical value for each key, from its own and, if these are few, its neighbours' values. */
function typicalOf(lists: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(lists, (_, key) => {
    for (const reach of REACHES) {
      const values = Int16Array.from(lists.slice(Math.max(0, key - reach), key + reach + 1).flat());
      if (values.length < ENOUGH && reach < KEYS) continue;
      return values.sort()[Math.floor(TYPICAL * values.length)] ?? 0;
    }
    return 0;
  });
}
