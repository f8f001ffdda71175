import { clamp } from "../signal/statistics.ts";
import { boundOfShare, findPlace, type Place } from "./place.ts";
import type { Touch } from "./touch.ts";

/** Fewest notes from which the share is told that is held over, and of a passage. */
const LEAST_BOUND = 8;
const LEAST_OF_PASSAGE = 16;
/** Standard errors on each side that hold 95 % of a normal distribution: so many passages are compared that less is chance. */
const SURELY = 1.96;
/**
 * Share of the notes that are held on well into the next ones from which a passage overlaps, and the share that must be left
 * less its uncertainty: joined notes and pedalled ones are read as up to 0.17, notes held for 1.7 of the distance as 0.25 to
 * 0.6, and as 0.1 to 0.25 where most are chords that are struck again and again.
 */
export const HELD_OVER = 0.2;
const SURELY_HELD_OVER = 0.13;
/**
 * Standard errors that are taken off: three of a passage, as it was sought out for having the most of them. With one off the whole,
 * 23 of 27 of pianists' performances that were told to overlap in rooms didn't, by their keys; with 1.5, 8 of 12.
 */
const ERRORS_OF_WHOLE = 1.5;
const ERRORS_OF_PASSAGE = 3;

/** How many of the notes fingers are heard to hold on well into the next ones. */
export type HeldOver = {
  /** 0 to 1. */
  readonly share: number;
  /** Of so many notes. */
  readonly notes: number;
};

/**
 * How many notes are held over. A note that its own key follows isn't asked: it must come up before. Of joined notes, and of
 * what a pedal holds, which is hardly ever damped by itself, 0 to 0.17 are read to be; of notes held for 1.7 of the distance
 * 0.2 to 0.6 (measured on renders). Null for fewer than eight.
 */
export function heldOverOf(touches: readonly Touch[]): HeldOver | null {
  const bound = touches.filter(isBound);
  const notes = bound.length;
  return notes < LEAST_BOUND
    ? null
    : { share: bound.filter(({ heldOver }) => heldOver).length / notes, notes };
}

/**
 * How many notes of a passage are held over, for a comparison with the whole: the share of its 95 % interval that is nearest to
 * the whole's. Of twenty notes it is known to a tenth, which is worth up to 25 points: where notes run into each other
 * everywhere, a passage would seem to be better than the whole by chance.
 */
export function heldOverBeside({ share, notes }: HeldOver, whole: HeldOver): HeldOver {
  const reach = SURELY * Math.sqrt((whole.share * (1 - whole.share)) / notes);
  return { share: clamp(whole.share, share - reach, share + reach), notes };
}

/** Whether fingers could bind a note to the next one. */
export function isBound({ repeated }: Touch): boolean {
  return !repeated;
}

/**
 * The passage in which fingers hold notes on well into the next ones, all of the recording if they do so throughout; null where
 * they don't. What sounds on there isn't the pedal's doing: under a pedal hardly a note is let go by itself.
 */
export function findHeldOverPassage(touches: readonly Touch[]): Place<Touch> | null {
  const bound = touches.filter(isBound);
  return findPlace({
    items: bound,
    speaks: ({ heldOver }) => (heldOver ? 1 : 0) - HELD_OVER,
    holds: (some) => {
      const share = heldOverOf(some)?.share ?? 0;
      const errors = some.length === bound.length ? ERRORS_OF_WHOLE : ERRORS_OF_PASSAGE;
      return (
        some.length >= LEAST_OF_PASSAGE &&
        share >= HELD_OVER &&
        boundOfShare(share, some.length, -errors) >= SURELY_HELD_OVER
      );
    },
  });
}
