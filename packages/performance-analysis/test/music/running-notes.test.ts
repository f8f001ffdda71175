import { describe, expect, test } from "vitest";
import { groupOnsets } from "../../src/music/onset-groups.ts";
import { findRunningNotes } from "../../src/music/running-notes.ts";
import { joinStruckTogether } from "../../src/music/struck-together.ts";
import { median } from "../../src/signal/statistics.ts";
import { asHeard, jittered, QUAVER, study } from "./performances.ts";

function unevennessOf(notes: Parameters<typeof asHeard>[0]): number {
  return median(findRunningNotes(groupOnsets(asHeard(notes))).map(({ unevenness }) => unevenness));
}

describe("running notes", () => {
  test("are as uneven as they were played, in seconds", () => {
    expect(unevennessOf(study())).toBeLessThan(0.008);
    expect(unevennessOf(jittered(study(), 0.015))).toBeGreaterThan(0.01);
    expect(unevennessOf(jittered(study(), 0.015))).toBeLessThan(0.02);
    expect(unevennessOf(jittered(study(), 0.03))).toBeGreaterThan(0.02);
  });

  test("bent by rubato over two bars aren't uneven", () => {
    const bent = study().map((note) => {
      const shift = 0.06 * Math.sin((2 * Math.PI * note.onset) / (16 * QUAVER));
      return { ...note, onset: note.onset + shift, offset: note.offset + shift };
    });
    expect(unevennessOf(bent)).toBeLessThan(0.01);
  });
});

describe("two hands that miss each other", () => {
  // A beat in four, by a tenth of a second.
  const notes = Array.from({ length: 24 }, (_, beat) => {
    const onset = 0.5 + 0.3 * beat;
    const below = beat % 4 === 2 ? onset + 0.1 : onset;
    return [
      { onset, offset: onset + 0.25, pitch: 72 + (beat % 5), salience: 1, level: -10 },
      { onset: below, offset: onset + 0.25, pitch: 48, salience: 1, level: -10 },
    ];
  }).flat();

  test("are one place of the rhythm each time, at the upper note", () => {
    const groups = groupOnsets(notes);
    expect(groups).toHaveLength(30);
    const joined = joinStruckTogether(groups);
    expect(joined).toHaveLength(24);
    joined.forEach(({ time, notes: struck }, beat) => {
      expect(time).toBeCloseTo(0.5 + 0.3 * beat, 9);
      expect(struck).toHaveLength(2);
    });
    for (const { unevenness } of findRunningNotes(groups)) expect(unevenness).toBeLessThan(1e-9);
  });

  test("aren't found in notes of which some are twice as long as others", () => {
    const mixed = Array.from({ length: 24 }, (_, index) => {
      const onset = 0.5 + 0.6 * Math.floor(index / 2) + (index % 2 === 0 ? 0 : 0.4);
      return { onset, offset: onset + 0.1, pitch: 72 + (index % 5), salience: 1, level: -10 };
    });
    expect(joinStruckTogether(groupOnsets(mixed))).toHaveLength(24);
  });
});
