import { expect, test } from "vitest";
import { isNoiseBurst } from "../../src/transcription/noise-bursts.ts";
import { SEMITONES } from "../../src/transcription/posteriors.ts";
import { madeUpPosteriors } from "./made-up-posteriors.ts";

/** Every `step`th semitone comes up from silence to 120 steps, 60 dB, at frame 20. */
function attackOf(step: number) {
  const posteriors = madeUpPosteriors(60);
  for (let semitone = 0; semitone < SEMITONES; semitone += step) posteriors.levelsOf(semitone).fill(120, 20);
  return posteriors;
}

test("what fills the whole spectrum at once is a burst of noise, a tone with its partials isn't", () => {
  expect(isNoiseBurst(attackOf(1), 20)).toBe(true);
  expect(isNoiseBurst(attackOf(7), 20)).toBe(false);
});

test("a note in the midst of lasting noise isn't taken for a burst", () => {
  expect(isNoiseBurst(attackOf(1), 40)).toBe(false);
});
