import type { HeardNote } from "./note.ts";
import type { OnsetGroup } from "./onset-groups.ts";

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

/** Compares each note's end with the onsets of the next two notes near its pitch. */
export function findTouches(groups: readonly OnsetGroup[]): Touch[] {
  const touches: Touch[] = [];
  groups.forEach((group, index) => {
    for (const note of group.notes) {
      const following = nextOnsets(groups, index, note.pitch);
      const distance = following.next - note.onset;
      if (!(distance >= LEAST_DISTANCE && distance <= LARGEST_DISTANCE)) continue;
      const tail = note.offset - following.next;
      const ratio = (note.offset - note.onset) / distance;
      let joining: Joining = "joined";
      if (note.offset > following.afterNext + Math.max(SUSTAIN_SECONDS, SUSTAIN_SHARE * distance))
        joining = "sustained";
      else if (tail > Math.max(OVERLAP_SECONDS, OVERLAP_SHARE * distance)) joining = "overlapped";
      else if (ratio < DETACHED_RATIO) joining = "detached";
      touches.push({ time: note.onset, note, ratio, tail, joining });
    }
  });
  return touches.sort((a, b) => a.time - b.time);
}

/** Onsets of the next note near the pitch, and of the one after; infinite where there is none within reach. */
function nextOnsets(groups: readonly OnsetGroup[], from: number, pitch: number) {
  let next = Number.POSITIVE_INFINITY;
  const last = Math.min(groups.length, from + LOOK_AHEAD);
  for (let index = from + 1; index < last; index += 1) {
    const group = groups[index];
    if (!group.notes.some((other) => Math.abs(other.pitch - pitch) <= VOICE_REACH)) continue;
    if (next < Number.POSITIVE_INFINITY) return { next, afterNext: group.time };
    next = group.time;
  }
  return { next, afterNext: Number.POSITIVE_INFINITY };
}
