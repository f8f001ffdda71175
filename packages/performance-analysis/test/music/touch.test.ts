import { describe, expect, test } from "vitest";
import { findHeldOverPassage, heldOverBeside, heldOverOf } from "../../src/music/held-over.ts";
import type { HeardNote } from "../../src/music/note.ts";
import { groupOnsets } from "../../src/music/onset-groups.ts";
import { findTouches, type Touch } from "../../src/music/touch.ts";
import { lengthened, type PlayedNote, pedalled, pulsing, study } from "./performances.ts";

function touchesOf(notes: readonly PlayedNote[]) {
  const heard: HeardNote[] = notes.map((note) => ({ ...note, salience: 1 }));
  return findTouches(groupOnsets(heard.sort((a, b) => a.onset - b.onset || a.pitch - b.pitch)));
}

describe("what sounds on into the next note", () => {
  test("is held over by fingers where each note ends for itself, not where a pedal lets go of many at once", () => {
    expect(heldOverOf(touchesOf(lengthened(study(8), 1.7)))?.share).toBeGreaterThan(0.5);
    expect(heldOverOf(touchesOf(pedalled(study(8), 1)))?.share).toBeLessThan(0.15);
    expect(heldOverOf(touchesOf(study(8)))?.share).toBe(0);
  });

  test("isn't known to be held over where its end was covered by later notes", () => {
    const notes: HeardNote[] = lengthened(study(8), 1.7).map((note) => ({ ...note, salience: 1 }));
    const groups = groupOnsets(notes.sort((a, b) => a.onset - b.onset || a.pitch - b.pitch));
    const covered = new Map(notes.map((note) => [note, "covered" as const]));
    expect(heldOverOf(findTouches(groups, covered))?.share).toBe(0);
  });

  test("isn't asked of a few notes", () => {
    expect(heldOverOf(touchesOf(study(1)).slice(0, 7))).toBeNull();
  });
});

describe("a recording in which some notes are held over", () => {
  /** So many notes, half a second apart, of which every so-manieth is held on. */
  function some(notes: number, every: number): Touch[] {
    return touchesOf(lengthened(study(8), 1))
      .slice(0, notes)
      .map((touch, index) => ({
        ...touch,
        time: index / 2,
        repeated: false,
        heldOver: index % every === 0,
      }));
  }

  test("isn't told to overlap by so few notes that it may be chance, and is by more of them alike", () => {
    expect(findHeldOverPassage(some(24, 4))).toBeNull();
    expect(findHeldOverPassage(some(60, 4))?.items).toHaveLength(60);
  });
});

describe("a passage beside the whole", () => {
  test("is as much held over as the whole where so few notes can't tell, and differs where they can", () => {
    const whole = { share: 0.3, notes: 200 };
    expect(heldOverBeside({ share: 0.22, notes: 20 }, whole).share).toBe(0.3);
    expect(heldOverBeside({ share: 0, notes: 60 }, whole).share).toBeCloseTo(0.12, 1);
    expect(heldOverBeside({ share: 0.9, notes: 60 }, whole).share).toBeGreaterThan(0.75);
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
