import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HeardNote } from "../../src/music/note.ts";
import { groupOnsets } from "../../src/music/onset-groups.ts";
import { followTopVoice } from "../../src/music/top-voice.ts";
import { pseudoRandom } from "../piano.ts";
import { type PlayedNote, pulsing, song, study } from "./performances.ts";

const SEED = 20_261_129;

type MarkedNote = HeardNote & { readonly melody: boolean };

function marked(notes: readonly PlayedNote[]): MarkedNote[] {
  return notes
    .map((note) => ({ ...note, salience: 1, level: 0 }))
    .sort((a, b) => a.onset - b.onset || a.pitch - b.pitch);
}

/** Share of what is taken for melody that is one, and share of the melody that is taken for it. */
function judged(notes: readonly MarkedNote[]) {
  const isMelody = new Map(notes.map((note) => [`${note.onset}/${note.pitch}`, note.melody]));
  const taken = followTopVoice(groupOnsets([...notes])).filter((note) => note !== null);
  const right = taken.filter(({ onset, pitch }) => isMelody.get(`${onset}/${pitch}`)).length;
  return { right: right / taken.length, found: right / notes.filter(({ melody }) => melody).length };
}

/** Without so many of the melody's notes, as a listener misses soft ones. */
function withoutSome(notes: readonly MarkedNote[], share: number): MarkedNote[] {
  const random = pseudoRandom(3);
  return notes.filter(({ melody }) => !melody || random() >= share);
}

describe("the top voice", () => {
  test("isn't the upper notes of an Alberti bass that come between its own", () => {
    const { right, found } = judged(marked(song(8)));
    expect(right).toBeGreaterThan(0.9);
    expect(found).toBeGreaterThan(0.8);
  });

  test("isn't what accompanies it where half of its notes aren't heard", () => {
    for (const piece of [study(8), pulsing(8), song(8)]) {
      expect(judged(withoutSome(marked(piece), 0.5)).right).toBeGreaterThan(0.8);
    }
  });

  test("isn't the chords that are struck again under it", () => {
    const { right, found } = judged(marked(pulsing(8)));
    expect(right).toBeGreaterThan(0.95);
    expect(found).toBeGreaterThan(0.9);
  });

  test("is all of a scale that nothing accompanies, up and down", () => {
    const steps = [0, 2, 4, 5, 7, 9, 11, 12, 14, 16, 17, 19, 21, 23, 24];
    const notes = [...steps, ...steps.toReversed().slice(1)].map((step, index) => ({
      onset: 0.25 * index,
      offset: 0.25 * index + 0.24,
      pitch: 60 + step,
      salience: 1,
      level: 0,
      melody: true,
    }));
    expect(judged(notes)).toEqual({ right: 1, found: 1 });
  });

  test("is the highest part of a chorale", () => {
    const soprano = [67, 69, 71, 72, 71, 69, 67, 66, 67, 71, 74, 72, 71, 69, 69, 67];
    const notes = soprano.flatMap((pitch, index) =>
      [pitch, pitch - 5, pitch - 9, 43 + (pitch % 5)].map((part) => ({
        onset: 0.8 * index,
        offset: 0.8 * index + 0.78,
        pitch: part,
        salience: 1,
        level: 0,
        melody: part === pitch,
      })),
    );
    const { right, found } = judged(notes);
    expect(right).toBe(1);
    expect(found).toBeGreaterThan(0.9);
  });

  test("goes on in chords that follow each other slowly, though it leaps an octave and back", () => {
    // As played at the end of the slow movement of Schubert's D 960; of some moments only the accompaniment is heard.
    const chords: readonly (readonly [number, readonly number[], number?])[] = [
      [0.3, [32, 64], 73],
      [1.6, [44, 63, 68], 72],
      [1.9, [56, 63, 68]],
      [2.6, [], 80],
      [4.1, [68], 72],
      [4.9, [32, 66, 73], 76],
      [6.1, [44, 72], 75],
      [6.4, [56, 68], 75],
      [7.2, [], 80],
      [8.6, [68, 72], 75],
      [9.4, [32, 68, 76], 80],
      [10.6, [69, 75], 78],
      [10.8, [44]],
      [11, [56, 69, 75], 78],
      [11.7, [], 80],
      [13.2, [69, 76], 78],
      [14.1, [32, 73, 76], 81],
      [15.4, [44, 72, 75], 80],
      [15.8, [56, 72, 75], 80],
    ];
    const notes = chords.flatMap(([onset, others, top]) => {
      const struck = (pitch: number, melody: boolean) => ({
        onset,
        offset: onset + 0.5,
        pitch,
        salience: 1,
        level: 0,
        melody,
      });
      const accompaniment = others.map((pitch) => struck(pitch, false));
      return top === undefined ? accompaniment : [...accompaniment, struck(top, true)];
    });
    const { right, found } = judged(notes);
    expect(right).toBe(1);
    expect(found).toBeGreaterThan(0.5);
  });

  test(`has one note of a moment or none, whatever is played (seed ${SEED})`, () => {
    const note = fc.record({
      onset: fc.double({ min: 0, max: 20, noNaN: true }),
      pitch: fc.integer({ min: 21, max: 108 }),
      salience: fc.double({ min: 0, max: 1, noNaN: true }),
      level: fc.double({ min: -30, max: 10, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(note, { maxLength: 80 }), (notes) => {
        const groups = groupOnsets(
          notes.map((one) => ({ ...one, offset: one.onset + 0.3 })).sort((a, b) => a.onset - b.onset),
        );
        const voice = followTopVoice(groups);
        expect(voice).toHaveLength(groups.length);
        voice.forEach((top, index) => {
          if (top !== null) expect(groups[index]?.notes).toContain(top);
        });
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});
