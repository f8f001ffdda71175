import { expect, test } from "vitest";
import { onsetCandidates } from "../../src/transcription/onset-candidates.ts";
import { madeUpPosteriors } from "./made-up-posteriors.ts";

/** A peak of this height, and a note posterior of that height a little later. */
function peak(onset: number, note: number) {
  const posteriors = madeUpPosteriors(60);
  posteriors.onsetsOf(30).set([onset / 2, onset, onset / 2], 20);
  posteriors.notesOf(30).fill(note, 25, 40);
  return onsetCandidates(posteriors);
}

test("a peak is a candidate where its top is", () => {
  expect(peak(100, 200)).toEqual([{ key: 30, frame: 21, apex: expect.closeTo(0), note: 200 }]);
});

test("the fainter the peak, the clearer must its note be", () => {
  expect(peak(150, 20)).toHaveLength(1);
  expect(peak(50, 20)).toHaveLength(0);
  expect(peak(50, 250)).toHaveLength(1);
  expect(peak(30, 255)).toHaveLength(0);
});
