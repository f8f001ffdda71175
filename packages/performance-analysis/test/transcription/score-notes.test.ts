import fc from "fast-check";
import { expect, test } from "vitest";
import { scoreNotes } from "./score-notes.ts";

const NOTES = fc.array(
  fc.record({
    onset: fc.integer({ min: 0, max: 40 }).map((step) => step / 50),
    pitch: fc.integer({ min: 60, max: 62 }),
  }),
  { maxLength: 7 },
);

/** The most pairs there can be, by trying all. */
function mostPairs(heard: readonly { onset: number; pitch: number }[], played: typeof heard): number {
  const [first, ...rest] = heard;
  if (first === undefined) return 0;
  return played.reduce(
    (most, { onset, pitch }, index) =>
      pitch === first.pitch && Math.abs(onset - first.onset) <= 0.05
        ? Math.max(most, 1 + mostPairs(rest, played.toSpliced(index, 1)))
        : most,
    mostPairs(rest, played),
  );
}

test("counts as many notes as can be paired, each once", () => {
  fc.assert(
    fc.property(NOTES, NOTES, (heard, played) => {
      expect(scoreNotes(heard, played).matched).toBe(mostPairs(heard, played));
    }),
    { seed: 3, numRuns: 300 },
  );
});

test("a note of another pitch, too early, or heard twice is wrong", () => {
  const played = [
    { onset: 1, pitch: 60 },
    { onset: 2, pitch: 64 },
  ];
  const heard = [
    { onset: 1.01, pitch: 60 },
    { onset: 1.02, pitch: 60 },
    { onset: 1.94, pitch: 64 },
    { onset: 2, pitch: 65 },
  ];
  const { precision, recall, f1, errors } = scoreNotes(heard, played);
  expect(precision).toBe(0.25);
  expect(recall).toBe(0.5);
  expect(f1).toBeCloseTo(1 / 3);
  expect(errors[0]).toBeCloseTo(0.01);
});
