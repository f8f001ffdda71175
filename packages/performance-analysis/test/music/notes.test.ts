import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measuredScores } from "../../src/music/measured-scores.ts";
import type { HeardNote } from "../../src/music/note.ts";
import { groupOnsets } from "../../src/music/onset-groups.ts";
import { cutSections } from "../../src/music/sections.ts";
import { SAME_MUSIC, SKETCH_LENGTH, sameMusic, sketchOf } from "../../src/music/sketch.ts";
import { measureSpan, type SpanMeasurements } from "../../src/music/span-measurements.ts";
import { pseudoRandom } from "../piano.ts";
import { hear, hearNotes } from "./listening.ts";
import { asHeard, BAR, LEAD_IN, lengthened, study } from "./performances.ts";

/** Seed of the property tests: printed by fast-check with every counterexample. */
const SEED = 20_261_124;

const anyNote: fc.Arbitrary<HeardNote> = fc
  .record({
    onset: fc.double({ min: 0, max: 40, noNaN: true }),
    length: fc.double({ min: 0.03, max: 6, noNaN: true }),
    pitch: fc.integer({ min: 21, max: 108 }),
    salience: fc.double({ min: 0, max: 1, noNaN: true }),
    level: fc.double({ min: -40, max: 5, noNaN: true }),
  })
  .map(({ onset, length, pitch, salience, level }) => ({
    onset,
    offset: onset + length,
    pitch,
    salience,
    level,
  }));
const anyNotes = fc.array(anyNote, { maxLength: 120 });

function numbersOf(measured: SpanMeasurements): number[] {
  const { voicing, heldOver, ...numbers } = measured;
  return [
    ...Object.values(numbers),
    ...Object.values(voicing ?? {}),
    ...Object.values(heldOver ?? {}),
  ].filter((value) => value !== null);
}

describe("whatever the notes are", () => {
  test("every number is finite, every score within 0 and 100, every finding within the recording", () => {
    fc.assert(
      fc.property(anyNotes, (notes) => {
        const { whole, scores, findings, seconds } = hearNotes(notes, 48);
        for (const value of numbersOf(whole)) expect(Number.isFinite(value)).toBe(true);
        for (const reading of Object.values(scores)) {
          if (reading === null) continue;
          expect(reading.score).toBeGreaterThanOrEqual(0);
          expect(reading.score).toBeLessThanOrEqual(100);
          expect(reading.uncertainty).toBeGreaterThan(0);
        }
        for (const { start, end, strength, evidence } of findings) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(seconds + 0.1);
          expect(strength).toBeGreaterThanOrEqual(0);
          expect(strength).toBeLessThanOrEqual(1);
          for (const value of Object.values(evidence)) expect(Number.isFinite(value)).toBe(true);
        }
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  test("every note is in one group, and groups are in order of time", () => {
    fc.assert(
      fc.property(anyNotes, (notes) => {
        const groups = groupOnsets([...notes].sort((a, b) => a.onset - b.onset));
        expect(groups.reduce((sum, group) => sum + group.notes.length, 0)).toBe(notes.length);
        for (const { spread } of groups) expect(spread).toBeLessThanOrEqual(0.18 + 1e-9);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  test("no notes are no measurement, and no score", () => {
    const { whole, scores, findings } = hearNotes([], 20);
    expect(whole.unevenness).toBeNull();
    expect(scores.rhythmic_precision).toBeNull();
    expect(scores.articulation_quality).toBeNull();
    expect(scores.note_accuracy).toBeNull();
    expect(findings.filter(({ dimension }) => dimension !== null)).toEqual([]);
  });
});

describe("scores", () => {
  const base = hear(study()).whole;

  test("fall with every fault that is measured, and never rise with it", () => {
    const ascending = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(ascending, ([one, other]) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        const rhythm = (change: Partial<SpanMeasurements>) =>
          measuredScores({ ...base, ...change }).rhythmic_precision?.score ?? Number.NaN;
        expect(rhythm({ unevenness: more / 5 })).toBeLessThanOrEqual(rhythm({ unevenness: less / 5 }));
        expect(rhythm({ tempoChange: more / 2 })).toBeLessThanOrEqual(rhythm({ tempoChange: less / 2 }));
        expect(rhythm({ tempoChange: -more / 2 })).toBeLessThanOrEqual(rhythm({ tempoChange: -less / 2 }));
        expect(rhythm({ chordSpread: more / 5 })).toBeLessThanOrEqual(rhythm({ chordSpread: less / 5 }));
        const dynamics = (change: Partial<SpanMeasurements>) =>
          measuredScores({ ...base, ...change }).dynamics_control?.score ?? Number.NaN;
        expect(dynamics({ dynamicShape: 20 * more })).toBeGreaterThanOrEqual(
          dynamics({ dynamicShape: 20 * less }),
        );
        const led = (lead: number) => ({ voicing: { lead, uncertainty: 3, notes: 20 } });
        expect(dynamics(led(20 * more - 10))).toBeGreaterThanOrEqual(dynamics(led(20 * less - 10)));
        const pedal = (heardBlur: number) =>
          measuredScores({ ...base, heardBlur }).pedaling_technique?.score ?? Number.NaN;
        expect(pedal(more)).toBeLessThanOrEqual(pedal(less));
        const touch = (detached: number) =>
          measuredScores({ ...base, detached }).articulation_quality?.score ?? Number.NaN;
        expect(touch(more)).toBeLessThanOrEqual(touch(less));
        const binding = (share: number) =>
          measuredScores({ ...base, heldOver: { share, notes: 50 } }).articulation_quality?.score ??
          Number.NaN;
        expect(binding(more)).toBeLessThanOrEqual(binding(less));
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  test("of a passage are measured in the same way as those of the whole", () => {
    const { reading, loudness, seconds } = hear(lengthened(study(), 0.45, 14, 40));
    const first = measuredScores(measureSpan(reading, loudness, 0, 13)).articulation_quality?.score ?? 0;
    const second =
      measuredScores(measureSpan(reading, loudness, 15, seconds)).articulation_quality?.score ?? 0;
    expect(first - second).toBeGreaterThan(20);
  });

  test("of a twenty-minute recording with twenty thousand notes stay bounded", () => {
    const random = pseudoRandom(7);
    const notes = Array.from({ length: 20_000 }, (_, index) => {
      const onset = index * 0.06 + 0.01 * random();
      const pitch = 36 + Math.floor(50 * random());
      return { onset, offset: onset + 0.1 + 0.4 * random(), pitch, salience: 0.6, level: -10 * random() };
    });
    const { reading, findings, loudness } = hearNotes(notes, 1200);
    expect(findings.length).toBeLessThanOrEqual(14);
    expect(reading.restarts.length).toBeLessThanOrEqual(40);
    const sections = cutSections(
      { start: 0, end: 1200 },
      loudness,
      new Float64Array(2),
      [],
      [],
      reading.groups,
    );
    expect(sections.length).toBeLessThanOrEqual(40);
    expect(sketchOf(reading.groups)).toHaveLength(SKETCH_LENGTH);
  });
});

describe("sections", () => {
  test("cover the recording without gaps, between 4 and 30 seconds each, whatever is played", () => {
    fc.assert(
      fc.property(anyNotes, (notes) => {
        const { reading, loudness } = hearNotes(notes, 48);
        const sections = cutSections(
          { start: 0, end: 48 },
          loudness,
          new Float64Array(2),
          [],
          [],
          reading.groups,
        );
        expect(sections[0]?.start).toBe(0);
        expect(sections.at(-1)?.end).toBe(48);
        for (const [index, { start, end }] of sections.entries()) {
          if (index > 0) expect(start).toBe(sections[index - 1]?.end);
          expect(end - start).toBeGreaterThanOrEqual(3.99);
          expect(end - start).toBeLessThanOrEqual(30.01);
        }
      }),
      { seed: SEED, numRuns: 30 },
    );
  });

  test("begin where a phrase begins after a long note", () => {
    // The last half of every fourth bar is one held note.
    const phrases = study(16).filter(({ onset }) => {
      const bars = (onset - LEAD_IN) / BAR;
      return Math.floor(bars + 1e-6) % 4 !== 3 || (bars + 1e-6) % 1 < 0.5;
    });
    const { reading, loudness, seconds } = hear(phrases);
    const starts = cutSections(
      { start: 0, end: seconds },
      loudness,
      new Float64Array(2),
      [],
      [],
      reading.groups,
    ).map(({ start }) => start);
    for (const bar of [4, 8, 12]) {
      expect(starts.some((start) => Math.abs(start - LEAD_IN - bar * BAR) < 0.3)).toBe(true);
    }
  });
});

describe("sketches", () => {
  const of = (notes: readonly HeardNote[]) => sketchOf(groupOnsets(notes));

  test("two takes of one piece are alike, at another tempo and an octave apart too", () => {
    const piece = study(8);
    const slower = piece.map((note) => ({ ...note, onset: note.onset * 1.4, offset: note.offset * 1.4 }));
    const higher = piece.map((note) => ({ ...note, pitch: note.pitch + 12 }));
    expect(sameMusic(of(asHeard(piece, 1)), of(asHeard(slower, 2)))).toBeGreaterThan(SAME_MUSIC);
    expect(sameMusic(of(asHeard(piece, 1)), of(asHeard(higher, 3)))).toBeGreaterThan(SAME_MUSIC);
  });

  test("other music isn't alike, and too few notes have no sketch", () => {
    const piece = study(8);
    const other = piece.map((note, index) => ({ ...note, pitch: 48 + ((index * index * 7) % 31) }));
    expect(sameMusic(of(asHeard(piece)), of(asHeard(other)))).toBeLessThan(SAME_MUSIC);
    expect(of(asHeard(piece.slice(0, 6)))).toEqual([]);
    expect(sameMusic([], of(asHeard(piece)))).toBe(0);
  });
});
