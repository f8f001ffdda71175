import { findRubs, type RubWeight } from "./harmony.ts";
import type { Span } from "./levels.ts";
import type { HeardNote } from "./note.ts";
import { type OnsetGroup, whenStruck } from "./onset-groups.ts";
import type { NoteEnd } from "./releases.ts";
import type { Touch } from "./touch.ts";

/** What is known of the notes that rub against a new one: how much of them was damped in time, how much sounded on. */
export type Blur = {
  readonly time: number;
  /** How harsh all of those are together whose end is known; over 0. */
  readonly rubbing: number;
  /** How harsh those of them are that sounded on. */
  readonly sounding: number;
};

/**
 * Share of its harshness that counts where a note of the top voice rubs: a melody in steps over one harmony is meant to be in
 * one pedal, while notes of two harmonies are not. Over 0, or a scale for one hand could not be blurred.
 */
const MELODIC = 0.03;
/** Probability from which it is sure that a note was struck: others are mostly partials of what sounds on in any case. */
const SURELY_STRUCK = 0.7;
/** Semitones at which a note's partials spill into another's bands, so that it isn't seen when that one is damped. */
const HIDING = 1;
/**
 * Seconds before a change until which the recogniser must have heard a note too for it to sound on. A room holds partials up
 * for longer than a note is recognised, a pedal both: in rooms, of 1,688 notes that were given up before and whose partials stay
 * up all the same 0.07 are truly held by a pedal (renders of pianists), of those that are heard until then 0.2, and 0.67 of
 * those that are still heard a quarter of a second after the change.
 */
const GIVEN_UP = 0.1;
/** Fewest changes that a share is told from. */
const LEAST_CHANGES = 6;

/** What was played, as far as the pedal is concerned. */
type PlayedNotes = {
  readonly groups: readonly OnsetGroup[];
  /** The top voice (`followTopVoice`), whose notes count little. */
  readonly voice: readonly (HeardNote | null)[];
  readonly touches: readonly Touch[];
  /** How the notes' ends were heard; null: all are damped at their offsets. */
  readonly ends: ReadonlyMap<HeardNote, NoteEnd> | null;
  /** Until when the recogniser heard the notes, in seconds; null: until their offsets. */
  readonly recognised: ReadonlyMap<HeardNote, number> | null;
  /** Where fingers hold notes on (`findHeldOverPassage`). */
  readonly heldOver: Span | null;
};

/**
 * The same question as `findHarmonyChanges` asks, answered only where it can be heard: under a held pedal most notes are covered
 * by later ones before anything could damp them. From when it was covered nothing is known of such a note, neither that it was
 * damped nor that a finger held it; that it sounds on is known until a key a semitone away was struck. A note that the recogniser
 * has given up doesn't, whatever its partials do: that is the room. Notes of which nothing was ever free, and those that may be
 * partials of others, are left out. What was struck together is one harmony: the bass of a seventh chord doesn't rub against its
 * seventh when that is struck again. Nothing is known where fingers hold notes over: what sounds on is theirs, and to count only
 * what doesn't would make the pedal clean by choice.
 */
export function findBlurs({ groups, voice, touches, ends, recognised, heldOver }: PlayedNotes): Blur[] {
  const joined = new Map(touches.map(({ note, joining }) => [note, joining]));
  const melody = new Set(voice);
  const hidden = whenStruck(groups, [-HIDING, HIDING]);
  const weigh: RubWeight = (old, fresh, struckWith) => {
    if (old.salience < SURELY_STRUCK) return 0;
    if (struckWith.notes.some((other) => other !== old && isOctaveOf(other, fresh))) return 0;
    return melody.has(old) || melody.has(fresh) ? MELODIC : 1;
  };
  return findRubs(groups, weigh).flatMap(({ time, rubs }) => {
    if (heldOver !== null && time >= heldOver.start && time <= heldOver.end) return [];
    let rubbing = 0;
    let sounding = 0;
    for (const { note, harshness, soundsOn } of rubs) {
      const end = ends?.get(note) ?? "damped";
      const byFinger = (joined.get(note) ?? "sustained") !== "sustained";
      const isHidden = (hidden.get(note) ?? Number.POSITIVE_INFINITY) <= time;
      if (end === "unseen" || (end === "covered" && (!soundsOn || byFinger || isHidden))) continue;
      rubbing += harshness;
      const isRecognised = (recognised?.get(note) ?? note.offset) > time - GIVEN_UP;
      if (soundsOn && !byFinger && isRecognised) sounding += harshness;
    }
    return rubbing > 0 ? [{ time, rubbing, sounding }] : [];
  });
}

/** Whether both are the same key, or octaves of it. */
function isOctaveOf(one: HeardNote, other: HeardNote): boolean {
  return (one.pitch - other.pitch) % 12 === 0;
}

/** Share of what rubs that sounds on, by harshness; null for fewer than six changes. */
export function blurOf(blurs: readonly Blur[]): number | null {
  if (blurs.length < LEAST_CHANGES) return null;
  const sum = (of: (blur: Blur) => number) => blurs.reduce((total, blur) => total + of(blur), 0);
  return sum(({ sounding }) => sounding) / sum(({ rubbing }) => rubbing);
}
