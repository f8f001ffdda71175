import { describe, expect, test } from "vitest";
import { hear } from "./listening.ts";
import { BAR, LEAD_IN, type PlayedNote, study } from "./performances.ts";

/** Where the player stops, at the beginning of the seventh bar. */
const STOP = LEAD_IN + 6 * BAR;

/** Waits for so many seconds at `STOP`; what sounds there is held until the playing goes on, or let go. */
function stopped(notes: readonly PlayedNote[], seconds: number, isHeld = true): PlayedNote[] {
  return notes.map((note) => {
    if (note.onset >= STOP - 0.01)
      return { ...note, onset: note.onset + seconds, offset: note.offset + seconds };
    const sounds = note.offset > STOP - 0.05;
    return sounds && isHeld ? { ...note, offset: note.offset + seconds } : note;
  });
}

function holdsIn(notes: readonly PlayedNote[]) {
  return hear(notes).findings.filter(({ kind }) => kind === "hold");
}

describe("a stop under held notes", () => {
  test("is told, from the last note to the next", () => {
    for (const seconds of [1.2, 1.6]) {
      const [hold, ...others] = holdsIn(stopped(study(12), seconds));
      expect(others).toEqual([]);
      expect(hold?.end).toBeCloseTo(STOP + seconds, 1);
      expect(hold?.evidence.hold_seconds).toBeCloseTo(seconds + 0.3, 1);
    }
  });

  test("isn't told of playing without one, nor of one that is silent", () => {
    expect(holdsIn(study(12))).toEqual([]);
    expect(holdsIn(stopped(study(12), 1.6, false))).toEqual([]);
    expect(hear(stopped(study(12), 1.6, false)).findings.some(({ kind }) => kind === "pause")).toBe(true);
  });

  test("isn't told of long notes that end each phrase", () => {
    const phrases = study(16).filter(({ onset }) => {
      const bars = (onset - LEAD_IN) / BAR;
      return Math.floor(bars + 1e-6) % 4 !== 3 || (bars + 1e-6) % 1 < 0.5;
    });
    const held = phrases.map((note) => {
      const next = phrases.find(({ onset }) => onset > note.onset + 0.01);
      return next !== undefined && next.onset - note.onset > 1 ? { ...note, offset: next.onset } : note;
    });
    expect(holdsIn(held)).toEqual([]);
  });
});
