import { type HeardNote, within } from "./note.ts";
import { type OnsetGroup, whenStruck } from "./onset-groups.ts";
import type { NoteEnd } from "./releases.ts";

/** How a note was joined to the next one of its voice. */
export type Joining = "detached" | "joined" | "overlapped" | "sustained";

/** The length of one note against the time to the next one of its voice. */
export type Touch = {
  readonly time: number;
  readonly note: HeardNote;
  /** Sounding length over the time to the next note of the voice. */
  readonly ratio: number;
  /** Seconds from the next note's onset to this one's end; negative is a gap. */
  readonly tail: number;
  /**
   * `detached`: silent before the next note; `joined`; `overlapped`: on into the next note, but not into the one after
   * it, as fingers do; `sustained`: beyond that too, as only the pedal or a held key does.
   */
  readonly joining: Joining;
  /** Whether the next note of the voice is the same key: then a finger can't bind them, whatever it would. */
  readonly repeated: boolean;
  /** Whether it was heard that a finger held it on well into the next note: it was damped by then, and by itself. */
  readonly heldOver: boolean;
};

/** Semitones within which the next note is taken to be the same voice: a hand's reach without leaping. */
const VOICE_REACH = 9;
/** Seconds between two notes of a voice that are compared; what follows later follows a rest. */
const LEAST_DISTANCE = 0.08;
const LARGEST_DISTANCE = 1.2;
/** Most groups that are looked through for the next notes of a voice. */
const LOOK_AHEAD = 24;
/** Part of the distance that must be silent for a note to be detached; strings and room go on for a little anyway. */
const DETACHED_RATIO = 0.94;
/** Seconds, and part of the distance, that a note must go on for to overlap the next: more than a room adds to it. */
const OVERLAP_SECONDS = 0.12;
const OVERLAP_SHARE = 0.35;
/** Seconds, or part of the distance, into the note after the next from which a note is held by more than its finger. */
const SUSTAIN_SECONDS = 0.12;
const SUSTAIN_SHARE = 0.6;

/**
 * Sounding length over the distance from which a note that overlaps is held over: legato is read as up to 1.3 in a room, notes
 * held for 1.7 of the distance as 1.5 to 2.
 */
const HELD_OVER_RATIO = 1.4;
/** Seconds, and share of the distance to the next note, within which ends are one; from how many moments they are the pedal's. */
const END_TOGETHER = 0.06;
const END_TOGETHER_SHARE = 0.25;
const LEAST_TOGETHER = 3;
/** Seconds before its key is struck again up to which a note's end is its own; later it was cut off, under a pedal too. */
const RESTRIKE = 0.02;

/**
 * Compares each note's end with the onsets of the next two notes near its pitch. `heard` says how the ends were heard
 * (`placeReleases`); null: all notes are damped at their offsets.
 */
export function findTouches(
  groups: readonly OnsetGroup[],
  heard: ReadonlyMap<HeardNote, NoteEnd> | null = null,
): Touch[] {
  const touches: Touch[] = [];
  const ends = endsOf(groups);
  const struckAgain = whenStruck(groups, [0]);
  groups.forEach((group, index) => {
    for (const note of group.notes) {
      const following = nextOnsets(groups, index, note.pitch);
      if (following === null) continue;
      const distance = following.group.time - note.onset;
      if (!(distance >= LEAST_DISTANCE && distance <= LARGEST_DISTANCE)) continue;
      const tail = note.offset - following.group.time;
      const ratio = (note.offset - note.onset) / distance;
      let joining: Joining = "joined";
      if (note.offset > following.afterNext + Math.max(SUSTAIN_SECONDS, SUSTAIN_SHARE * distance))
        joining = "sustained";
      else if (tail > Math.max(OVERLAP_SECONDS, OVERLAP_SHARE * distance)) joining = "overlapped";
      else if (ratio < DETACHED_RATIO) joining = "detached";
      const reach = Math.min(END_TOGETHER, END_TOGETHER_SHARE * distance);
      const repeated = following.group.notes.some(({ pitch }) => pitch === note.pitch);
      const heldOver =
        !repeated &&
        joining === "overlapped" &&
        ratio > HELD_OVER_RATIO &&
        (heard === null || heard.get(note) === "damped") &&
        note.offset < (struckAgain.get(note) ?? Number.POSITIVE_INFINITY) - RESTRIKE &&
        // A pedal lets go of many notes at once, fingers don't.
        momentsEndingAt(ends, note.offset, reach) < LEAST_TOGETHER;
      touches.push({ time: note.onset, note, ratio, tail, joining, repeated, heldOver });
    }
  });
  return touches.sort((a, b) => a.time - b.time);
}

/** The next group with a note near the pitch, and the onset of the one after, infinite where there is none; null without any. */
function nextOnsets(groups: readonly OnsetGroup[], from: number, pitch: number) {
  let next: OnsetGroup | null = null;
  const last = Math.min(groups.length, from + LOOK_AHEAD);
  for (let index = from + 1; index < last; index += 1) {
    const group = groups[index];
    if (!group.notes.some((other) => Math.abs(other.pitch - pitch) <= VOICE_REACH)) continue;
    if (next !== null) return { group: next, afterNext: group.time };
    next = group;
  }
  return next === null ? null : { group: next, afterNext: Number.POSITIVE_INFINITY };
}

/** All notes' ends, ascending, with the moment at which each was struck. */
function endsOf(groups: readonly OnsetGroup[]) {
  return groups
    .flatMap(({ time, notes }) => notes.map(({ offset }) => ({ time: offset, struck: time })))
    .sort((a, b) => a.time - b.time);
}

/** At how many different moments the notes were struck that end within so many seconds of `time`. */
function momentsEndingAt(ends: ReturnType<typeof endsOf>, time: number, reach: number): number {
  return new Set(within(ends, time - reach, time + reach).map(({ struck }) => struck)).size;
}
