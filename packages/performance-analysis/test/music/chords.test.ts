import { describe, expect, test } from "vitest";
import { findChordSpreads } from "../../src/music/chords.ts";
import { groupOnsets } from "../../src/music/onset-groups.ts";

/** The spreads of these notes, each so many seconds after the one before, between slow single ones. */
function spreadsOf(pitches: readonly number[], distance: number) {
  const slow = [0, 0.8, 1.6, 2.4, 3.2].map((onset) => ({ onset, pitch: 40 }));
  const quick = pitches.map((pitch, index) => ({ onset: 4 + distance * index, pitch }));
  const after = [0, 0.8, 1.6, 2.4, 3.2].map((onset) => ({ onset: onset + 5.2, pitch: 40 }));
  const notes = [...slow, ...quick, ...after].map((note) => ({
    ...note,
    offset: note.onset + 0.4,
    salience: 1,
    level: 0,
  }));
  return findChordSpreads(groupOnsets(notes));
}

describe("notes that follow each other within what a loose chord takes", () => {
  test("are a piece of a scale where each lies a step from the one before, up or down", () => {
    for (const scale of [
      [72, 74, 76],
      [79, 78, 76],
      [71, 72],
    ]) {
      const [spread, ...others] = spreadsOf(scale, 0.06);
      expect(others).toEqual([]);
      expect(spread.scalewise).toBe(true);
    }
  });

  test("are a chord that isn't together where they leap, or where a second is struck with others", () => {
    for (const chord of [
      [60, 64, 67],
      [48, 64],
      [60, 62, 67, 71],
    ]) {
      const [spread] = spreadsOf(chord, 0.05);
      expect(spread.scalewise).toBe(false);
      expect(spread.spread).toBeGreaterThan(0.04);
    }
  });

  test("are a chord where a second is struck at once", () => {
    expect(spreadsOf([60, 62], 0.01)[0].scalewise).toBe(false);
  });
});
