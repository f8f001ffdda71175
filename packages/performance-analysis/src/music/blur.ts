import { findRubs } from "./harmony.ts";
import type { HeardNote } from "./note.ts";
import type { OnsetGroup } from "./onset-groups.ts";
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
/** Fewest changes that a share is told from. */
const LEAST_CHANGES = 6;

/**
 * The same question as `findHarmonyChanges` asks, answered only where it can be heard: under a held pedal most notes are covered
 * by later ones before anything could damp them. Such a note says nothing of what comes after it was covered, neither that
 * it was damped nor that a finger held it. `voice` is the top voice (`followTopVoice`), whose notes count little. `ends` null:
 * all ends are what they are given as.
 */
export function findBlurs(
  groups: readonly OnsetGroup[],
  voice: readonly (HeardNote | null)[],
  touches: readonly Touch[],
  ends: ReadonlyMap<HeardNote, NoteEnd> | null,
): Blur[] {
  const joined = new Map(touches.map(({ note, joining }) => [note, joining]));
  const melody = new Set(voice);
  const weigh = (old: HeardNote, fresh: HeardNote) => (melody.has(old) || melody.has(fresh) ? MELODIC : 1);
  return findRubs(groups, weigh).flatMap(({ time, rubs }) => {
    let rubbing = 0;
    let sounding = 0;
    for (const { note, harshness, soundsOn } of rubs) {
      const end = ends?.get(note) ?? "damped";
      if (!soundsOn && end !== "damped" && end !== "faded") continue;
      const byFinger = (joined.get(note) ?? "sustained") !== "sustained";
      if (soundsOn && byFinger && end === "covered") continue;
      rubbing += harshness;
      if (soundsOn && !byFinger) sounding += harshness;
    }
    return rubbing > 0 ? [{ time, rubbing, sounding }] : [];
  });
}

/** Share of what rubs that sounds on, by harshness; null for fewer than six changes. */
export function blurOf(blurs: readonly Blur[]): number | null {
  if (blurs.length < LEAST_CHANGES) return null;
  const sum = (of: (blur: Blur) => number) => blurs.reduce((total, blur) => total + of(blur), 0);
  return sum(({ sounding }) => sounding) / sum(({ rubbing }) => rubbing);
}
