import { expect, test } from "vitest";
import { extractFeatures } from "../../src/features/extract-features.ts";
import { createSpectrogram } from "../../src/features/spectrogram.ts";
import { KNOTS } from "../../src/judgement/feature-space.ts";
import { withUsualTiming } from "../../src/judgement/usual-timing.ts";
import { readNotes } from "../../src/music/note-reading.ts";
import { openSignalKernel } from "../transcription/open-kernel.ts";

/** Two features whose quantiles in the data are 0 to 16. */
const space = {
  knots: Float32Array.from({ length: 2 * KNOTS }, (_, index) => index % KNOTS),
  weights: Float32Array.of(1, 1),
};

function timingOf(unevenness: number): number | undefined {
  return withUsualTiming({ names: ["unevenness", "note_range"], values: [unevenness, 3] }, space)[0];
}

test("who plays more evenly than pianists do, or less, is heard as the most and the least even of them", () => {
  expect([0, 4, 5, 8, 11, 12, 99].map(timingOf)).toEqual([6, 6, 6, 8, 10, 10, 10]);
});

test("what isn't about time stays as it is", () => {
  const names = ["note_range", "tempo_change"];
  expect(withUsualTiming({ names, values: [99, -4] }, space)).toEqual([99, -4]);
});

test("of what is heard 18 features are about time: those of running notes, of attacks and of the beat", () => {
  const spectrogram = createSpectrogram(openSignalKernel()).spectrogram();
  const { names } = extractFeatures(readNotes([], null, []), spectrogram, 0, 11);
  const everywhere = {
    knots: Float32Array.from({ length: names.length * KNOTS }, (_, index) => index % KNOTS),
    weights: new Float32Array(names.length).fill(1),
  };
  const values = withUsualTiming({ names, values: names.map(() => 99) }, everywhere);
  const held = names.filter((_, index) => values[index] !== 99);
  expect(held).toHaveLength(18);
  for (const name of ["unevenness", "beat_deviation", "pulse_clarity"]) expect(held).toContain(name);
  for (const begin of ["attack_log_interval_change_", "run_deviation_"])
    expect(held.some((name) => name.startsWith(begin))).toBe(true);
});
