import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KNOTS, POSITION_STEPS, scoreOfKnot } from "../../src/judgement/feature-space.ts";
import { type KernelRegression, laplacian, predict } from "../../src/judgement/kernel-regression.ts";

const WIDTH = 6;
const position = fc.float32Array({ minLength: WIDTH, maxLength: WIDTH, min: -300, max: 300, noNaN: true });

describe("the Laplacian kernel", () => {
  it("is 1 of a position with itself, symmetric, and between 0 and 1", () => {
    fc.assert(
      fc.property(position, position, (a, b) => {
        expect(laplacian(a, a, 0, 0.7)).toBe(1);
        const ab = laplacian(a, b, 0, 0.7);
        expect(ab).toBeCloseTo(laplacian(b, a, 0, 0.7), 12);
        expect(ab).toBeGreaterThanOrEqual(0);
        expect(ab).toBeLessThanOrEqual(1);
      }),
      { seed: 3 },
    );
  });
});

/** Knots of a feature that is distributed normally, with this mean and deviation. */
const normal = (mean: number, deviation: number) =>
  Array.from({ length: KNOTS }, (_, knot) => mean + deviation * scoreOfKnot(knot));

const model: KernelRegression = {
  features: 2,
  landmarks: 2,
  outputs: 1,
  space: {
    knots: Float32Array.from([...normal(10, 2), ...normal(0, 1)]),
    weights: Float32Array.of(1, 1),
  },
  positions: Int8Array.of(0, 0, POSITION_STEPS, POSITION_STEPS),
  weights: Float32Array.of(0.2, -0.1),
  bias: Float32Array.of(0.5),
  gamma: 1,
};

describe("kernel regression", () => {
  it("adds each landmark's weight by how near it is", () => {
    const { outputs, familiarity } = predict(model, [10, 0]);
    expect(outputs[0]).toBeCloseTo(0.5 + 0.2 - 0.1 * Math.exp(-1), 5);
    expect(familiarity).toBe(1);
  });

  it("falls back to the mean rating, unfamiliar, where nothing known is near", () => {
    const wide = { ...model, gamma: 50 };
    const { outputs, familiarity } = predict(wide, [1e6, -1e6]);
    expect(outputs[0]).toBeCloseTo(0.5, 5);
    expect(familiarity).toBeLessThan(1e-6);
  });
});
