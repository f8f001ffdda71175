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
 * The same question as `findHarmonyChanges` asks, answered only where it can be heard: under a held pedal most notes are covered
 * by later ones before anything could damp them. Such a note says nothing of what comes after it was covered, neither that
 * it was damped nor that a finger held it. `ends` null: all ends are what they are given as.
 */
export function findBlurs(
  groups: readonly OnsetGroup[],
  touches: readonly Touch[],
  ends: ReadonlyMap<HeardNote, NoteEnd> | null,
): Blur[] {
  const joined = new Map(touches.map(({ note, joining }) => [note, joining]));
  return findRubs(groups).flatMap(({ time, rubs }) => {
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
