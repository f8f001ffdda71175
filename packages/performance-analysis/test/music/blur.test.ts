import { describe, expect, test } from "vitest";
import { findBlurs } from "../../src/music/blur.ts";
import { groupOnsets } from "../../src/music/onset-groups.ts";
import type { NoteEnd } from "../../src/music/releases.ts";
import { findTouches } from "../../src/music/touch.ts";

/** Low C, then D, E and F above it, half a second apart; the C sounds for so long. */
function played(seconds: number, end: NoteEnd) {
  const notes = [48, 50, 52, 53].map((pitch, index) => ({
    onset: 0.5 + 0.5 * index,
    offset: index === 0 ? 0.5 + seconds : 0.95 + 0.5 * index,
    pitch,
    salience: 1,
    level: -10,
  }));
  const groups = groupOnsets(notes);
  const ends = new Map(notes.map((note, index) => [note, index === 0 ? end : ("damped" as const)]));
  return findBlurs(groups, findTouches(groups), ends);
}

/** What is known of the D, at 1 s, with which only the C rubs. */
const atSecond = (blurs: ReturnType<typeof played>) => blurs.find(({ time }) => time === 1);

describe("what rubs against a new note", () => {
  test("sounds on where it is heard to", () => {
    const blur = atSecond(played(2, "damped"));
    expect(blur?.rubbing).toBeGreaterThan(0);
    expect(blur?.sounding).toBe(blur?.rubbing);
  });

  test("doesn't, where it was damped", () => {
    expect(atSecond(played(0.5, "damped"))).toMatchObject({ sounding: 0 });
  });

  test("isn't known, where later notes covered it before it could be damped", () => {
    expect(atSecond(played(0.5, "covered"))).toBeUndefined();
    expect(atSecond(played(0.5, "unseen"))).toBeUndefined();
  });

  test("sounds on, where it was still heard when later notes covered it", () => {
    const blur = atSecond(played(2, "covered"));
    expect(blur?.sounding).toBeGreaterThan(0);
  });
});
