import { expect, test } from "vitest";
import { onsetCandidates } from "../../src/transcription/onset-candidates.ts";
import { PARTIALS, struckLevels } from "../../src/transcription/struck-levels.ts";
import { madeUpPosteriors } from "./made-up-posteriors.ts";

const OCTAVE = PARTIALS.indexOf(12);

/** Keys struck one after the other, each at 120 steps with its octave 30 lower; the last time with the octave 10 above it. */
function recording() {
  const keys = [40, 41, 39, 40, 42, 38, 41, 40, 39, 40];
  const posteriors = madeUpPosteriors(30 * (keys.length + 1));
  for (const [index, key] of keys.entries()) {
    const frame = 10 + 30 * index;
    const struck = index + 1 === keys.length ? 130 : 90;
    posteriors.onsetsOf(key)[frame] = 200;
    posteriors.notesOf(key).fill(200, frame, frame + 20);
    posteriors.levelsOf(key).fill(120, frame, frame + 20);
    posteriors.levelsOf(key + 12).fill(struck, frame, frame + 20);
  }
  return { posteriors, first: 10, last: 10 + 30 * (keys.length - 1) };
}

test("a partial as loud as ever in this recording is no more than that, a struck octave is", () => {
  const { posteriors, first, last } = recording();
  const struck = struckLevels(posteriors, onsetCandidates(posteriors));
  expect(struck.abovePartial(52, first, OCTAVE)).toBe(0);
  expect(struck.abovePartial(52, last, OCTAVE)).toBe(40);
});

test("a key's level is told against the keys thereabouts, whatever the recording's gain", () => {
  const { posteriors, first } = recording();
  const struck = struckLevels(posteriors, onsetCandidates(posteriors));
  expect(struck.typical(45)).toBe(120);
  expect(struck.aboveTypical(40, first)).toBe(0);
  expect(struck.aboveTypical(52, first)).toBe(-30);
});

test("the lowest keys are no partials of others", () => {
  const { posteriors, first } = recording();
  const struck = struckLevels(posteriors, onsetCandidates(posteriors));
  expect(struck.abovePartial(11, first, OCTAVE)).toBeUndefined();
});

test("with nothing struck nothing is typical", () => {
  const posteriors = madeUpPosteriors(20);
  expect(struckLevels(posteriors, []).typical(40)).toBe(0);
});
