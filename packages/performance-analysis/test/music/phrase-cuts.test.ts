import { describe, expect, test } from "vitest";
import type { HeardNote } from "../../src/music/note.ts";
import { groupOnsets } from "../../src/music/onset-groups.ts";
import { cutSections } from "../../src/music/sections.ts";
import { pseudoRandom } from "../piano.ts";
import { hearNotes } from "./listening.ts";
import { asHeard, endOf, study } from "./performances.ts";

/** Twenty bars with swells and a few notes left out, by a seed, as they are heard: every note plainly. */
function heardStudy(seed: number) {
  const random = pseudoRandom(100 + seed);
  const played = study(20)
    .map((note) => ({ ...note, level: note.level + 5 * Math.sin(note.onset / (2 + (seed % 3))) }))
    .filter(() => random() > 0.12);
  const notes = asHeard(played, seed).map((note) => ({ ...note, salience: 0.9 }));
  return { notes, seconds: endOf(played) + 1, random };
}

/** Where such notes are cut, in seconds from `lead`, with the sound of `sounding`. */
function cutsOf(
  notes: readonly HeardNote[],
  seconds: number,
  { sounding = notes, lead = 0 }: { sounding?: readonly HeardNote[]; lead?: number } = {},
): number[] {
  const later = (note: HeardNote) => ({ ...note, onset: note.onset + lead, offset: note.offset + lead });
  const end = seconds + lead;
  const { loudness } = hearNotes(sounding.map(later), end);
  const groups = groupOnsets(notes.map(later).sort((a, b) => a.onset - b.onset));
  const sections = cutSections({ start: 0, end }, loudness, new Float64Array(2), [], [], groups);
  return sections.slice(1).map(({ start }) => start - lead);
}

function expectSame(cuts: readonly number[], others: readonly number[]): void {
  expect(others).toHaveLength(cuts.length);
  for (const [index, cut] of cuts.entries()) expect(Math.abs(cut - (others[index] ?? 0))).toBeLessThan(0.05);
}

describe.each([1, 2, 3, 4, 5, 6])("the same playing is cut at the same places, study %i", (seed) => {
  const { notes, seconds, random } = heardStudy(seed);
  const cuts = cutsOf(notes, seconds);

  test("a tenth of a second later in its file", () => {
    expect(cuts.length).toBeGreaterThanOrEqual(3);
    expectSame(cuts, cutsOf(notes, seconds, { lead: 0.1 }));
    expectSame(cuts, cutsOf(notes, seconds, { lead: 0.2 }));
  });

  test("with notes that hardly are any, as another encoding shows them", () => {
    const hardly = notes
      .filter(() => random() < 0.1)
      .map((note) => ({ ...note, onset: note.onset + 0.11, pitch: note.pitch + 7, salience: 0.46 }));
    expect(hardly.length).toBeGreaterThan(5);
    expectSame(cuts, cutsOf([...notes, ...hardly], seconds, { sounding: notes }));
  });

  test("with its notes' levels and onsets off by what an encoding moves them", () => {
    const off = notes.map((note) => ({
      ...note,
      level: note.level + 2 * (random() - 0.5),
      onset: note.onset + 0.003 * (random() - 0.5),
    }));
    expectSame(cuts, cutsOf(off, seconds, { sounding: notes }));
  });
});
