import { describe, expect, test } from "vitest";
import type { HeardNote } from "../../src/music/note.ts";
import { groupOnsets } from "../../src/music/onset-groups.ts";
import { findTouches, heldByFingers } from "../../src/music/touch.ts";
import { lengthened, type PlayedNote, pedalled, pulsing, study } from "./performances.ts";

function touchesOf(notes: readonly PlayedNote[]) {
  const heard: HeardNote[] = notes.map((note) => ({ ...note, salience: 1 }));
  return findTouches(groupOnsets(heard.sort((a, b) => a.onset - b.onset || a.pitch - b.pitch)));
}

describe("what sounds on into the next note", () => {
  test("is held by fingers where each note ends for itself, by the pedal where many end at once", () => {
    expect(heldByFingers(touchesOf(lengthened(study(8), 1.7)))).toBeGreaterThan(0.6);
    expect(heldByFingers(touchesOf(pedalled(study(8), 1)))).toBeLessThan(0.5);
  });

  test("isn't asked where nothing does", () => {
    expect(heldByFingers(touchesOf(study(8)))).toBeNull();
  });
});

describe("a key that is struck again", () => {
  test("is told from one that is followed by another: no finger can bind it to itself", () => {
    const touches = touchesOf(pulsing(4));
    const inOneBar = touches.filter(({ note, time }) => note.pitch < 65 && time < 0.5 + 0.85 * 2.4);
    expect(inOneBar.length).toBeGreaterThan(15);
    for (const { repeated } of inOneBar) expect(repeated).toBe(true);
    expect(touches.filter(({ note, repeated }) => note.pitch >= 72 && repeated).length).toBeLessThan(4);
  });
});
