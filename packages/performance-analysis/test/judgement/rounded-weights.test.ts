import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundWeights, weightedSums } from "../../src/judgement/rounded-weights.ts";

const anyRows = fc.array(
  fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -1e-4, max: 1e-4, noNaN: true })),
  { minLength: 1, maxLength: 20 },
);

describe.each([
  ["16 bits", (weights: Float64Array) => roundWeights(weights, 2, Int16Array), 65_000],
  ["bytes", (weights: Float64Array) => roundWeights(weights, 2, Int8Array), 253],
] as const)("weights rounded to %s", (_, round, part) => {
  it(`are the weights to a part in ${part} of their column's largest`, () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const { counts, steps } = round(Float64Array.from(rows.flat()));
        for (const column of [0, 1]) {
          const largest = Math.max(...rows.map((weights) => Math.abs(weights[column])));
          rows.forEach((weights, row) => {
            const rounded = counts[2 * row + column] * steps[column];
            expect(Math.abs(rounded - weights[column])).toBeLessThanOrEqual(largest / part + Number.EPSILON);
          });
        }
      }),
      { seed: 5 },
    );
  });

  it("are summed column by column, times the values of their rows", () => {
    const rounded = round(Float64Array.of(1, -0.5, 0.25, 2));
    const [first, second] = weightedSums([3, -1], rounded);
    expect(Math.abs(first - 2.75)).toBeLessThanOrEqual(4 / part);
    expect(Math.abs(second + 3.5)).toBeLessThanOrEqual(8 / part);
  });
});
