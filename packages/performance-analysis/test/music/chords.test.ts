import { describe, expect, test } from "vitest";
import { findChordSpreads, findPossibleChordSpreads } from "../../src/music/chords.ts";
import { groupOnsets } from "../../src/music/onset-groups.ts";

/** What is told of these notes, and what may be a chord: each so many seconds after the one before, between slow single ones. */
function chordsOf(pitches: readonly number[], distance: number) {
  const slow = [0, 0.8, 1.6, 2.4, 3.2].map((onset) => ({ onset, pitch: 40 }));
  const quick = pitches.map((pitch, index) => ({ onset: 4 + distance * index, pitch }));
  const after = [0, 0.8, 1.6, 2.4, 3.2].map((onset) => ({ onset: onset + 5.2, pitch: 40 }));
  const notes = [...slow, ...quick, ...after].map((note) => ({
    ...note,
    offset: note.onset + 0.4,
    salience: 1,
    level: 0,
  }));
  const groups = groupOnsets(notes);
  return { told: findChordSpreads(groups), possible: findPossibleChordSpreads(groups) };
}

describe("notes that follow each other within what a loose chord takes", () => {
  test("are a piece of a scale where each lies a step from the one before, up or down", () => {
    for (const scale of [
      [72, 74, 76],
      [79, 78, 76],
      [71, 72],
    ]) {
      const { told, possible } = chordsOf(scale, 0.06);
      expect(told).toEqual([]);
      expect(possible).toHaveLength(1);
    }
  });

  test("are a chord that isn't together where they leap, or where a second is struck with others", () => {
    for (const chord of [
      [60, 64, 67],
      [48, 64],
      [60, 62, 67, 71],
    ]) {
      const { told, possible } = chordsOf(chord, 0.05);
      expect(told).toEqual(possible);
      expect(told).toHaveLength(1);
      expect(told[0].spread).toBeCloseTo(0.05 * (chord.length - 1));
    }
  });

  test("are a chord where a second is struck at once", () => {
    expect(chordsOf([60, 62], 0.01).told).toHaveLength(1);
  });
});
