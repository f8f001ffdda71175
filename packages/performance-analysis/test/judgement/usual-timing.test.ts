import { expect, test } from "vitest";
import { KNOTS } from "../../src/judgement/feature-space.ts";
import { withUsualTiming } from "../../src/judgement/usual-timing.ts";

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
