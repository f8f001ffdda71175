import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KNOTS, POSITION_STEPS, scoreOfKnot } from "../../src/judgement/feature-space.ts";
import { type KernelRegression, predict, roundWeights } from "../../src/judgement/kernel-regression.ts";
import { arcCosine } from "../../src/judgement/kernels.ts";

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
  gamma: 1,
  laplacianWeights: roundWeights(Float64Array.of(0.2, -0.1), 1),
  arcCosineWeights: roundWeights(Float64Array.of(0, 0.3), 1),
  bias: Float32Array.of(0.5),
};

describe("kernel regression", () => {
  it("adds each landmark's weights by how near it is and by how alike in direction", () => {
    const { outputs, familiarity } = predict(model, [10, 0]);
    const alike = arcCosine(Float32Array.of(0, 0), model.positions, 2);
    expect(outputs[0]).toBeCloseTo(0.5 + 0.2 - 0.1 * Math.exp(-1) + 0.3 * alike, 4);
    expect(familiarity).toBe(1);
  });

  it("goes by direction only, unfamiliar, where nothing known is near", () => {
    const wide = { ...model, gamma: 50 };
    const { outputs, familiarity } = predict(wide, [1e6, -1e6]);
    const furthest = Float32Array.of(3 * POSITION_STEPS, -3 * POSITION_STEPS);
    expect(outputs[0]).toBeCloseTo(0.5 + 0.3 * arcCosine(furthest, model.positions, 2), 4);
    expect(familiarity).toBeLessThan(1e-6);
  });
});

describe("rounded weights", () => {
  it("are the weights to a part in 65,000 of their output's largest", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.double({ min: -3, max: 3, noNaN: true }),
            fc.double({ min: -1e-4, max: 1e-4, noNaN: true }),
          ),
          {
            minLength: 1,
            maxLength: 20,
          },
        ),
        (landmarks) => {
          const { counts, steps } = roundWeights(Float64Array.from(landmarks.flat()), 2);
          for (const output of [0, 1]) {
            const largest = Math.max(...landmarks.map((weights) => Math.abs(weights[output])));
            landmarks.forEach((weights, landmark) => {
              const rounded = counts[2 * landmark + output] * steps[output];
              expect(Math.abs(rounded - weights[output])).toBeLessThanOrEqual(
                largest / 65_000 + Number.EPSILON,
              );
            });
          }
        },
      ),
      { seed: 5 },
    );
  });
});
