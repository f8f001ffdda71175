import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type KernelRegression,
  LANDMARK_STEPS,
  laplacian,
  predict,
  standardise,
} from "../../src/judgement/kernel-regression.ts";

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

const model: KernelRegression = {
  features: 2,
  landmarks: 2,
  outputs: 1,
  mean: Float32Array.of(10, 0),
  scale: Float32Array.of(0.5, 1),
  positions: Int8Array.of(0, 0, LANDMARK_STEPS, LANDMARK_STEPS),
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

  it("holds features that are far outside of everything known", () => {
    const near = standardise([10 + 8, 4], model.mean, model.scale);
    const far = standardise([1e9, 1e9], model.mean, model.scale);
    expect([...far]).toEqual([...near]);
  });

  it("falls back to the mean rating, unfamiliar, where nothing known is near", () => {
    const wide = { ...model, gamma: 50 };
    const { outputs, familiarity } = predict(wide, [1e6, -1e6]);
    expect(outputs[0]).toBeCloseTo(0.5, 5);
    expect(familiarity).toBeLessThan(1e-6);
  });
});
