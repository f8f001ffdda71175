import { describe, expect, it } from "vitest";
import { KNOTS, POSITION_STEPS, scoreOfKnot } from "../../src/judgement/feature-space.ts";
import { arcCosine, comparePositions } from "../../src/judgement/kernels.ts";
import { roundNetwork } from "../../src/judgement/rectified-network.ts";
import { roundWeights } from "../../src/judgement/rounded-weights.ts";
import { predict, type ScaleRegression } from "../../src/judgement/scale-regression.ts";

/** Knots of a feature that is distributed normally, with this mean and deviation. */
const normal = (mean: number, deviation: number) =>
  Array.from({ length: KNOTS }, (_, knot) => mean + deviation * scoreOfKnot(knot));

const model: ScaleRegression = {
  space: {
    knots: Float32Array.from([...normal(10, 2), ...normal(0, 1)]),
    weights: Float32Array.of(1, 1),
  },
  kernels: {
    landmarks: 2,
    positions: Int8Array.of(0, 0, POSITION_STEPS, POSITION_STEPS),
    gamma: 1,
    laplacianWeights: roundWeights(Float64Array.of(0.2, -0.1), 1, Int16Array),
    arcCosineWeights: roundWeights(Float64Array.of(0, 0.3), 1, Int16Array),
  },
  // One unit that tells how far the first feature lies above a half deviation.
  network: roundNetwork({
    inputWeights: Float64Array.of(1 / POSITION_STEPS, 0),
    biases: Float64Array.of(-0.5),
    outputWeights: Float64Array.of(0.4),
  }),
  bias: Float32Array.of(0.5),
};

describe("the regression of the scales", () => {
  it("adds each landmark's weights by how near it is and by how alike in direction", () => {
    const { outputs, familiarity } = predict(model, [10, 0]);
    const alike = arcCosine(comparePositions(Float32Array.of(0, 0), model.kernels.positions, 2));
    expect(outputs[0]).toBeCloseTo(0.5 + 0.2 - 0.1 * Math.exp(-1) + 0.3 * alike, 4);
    expect(familiarity).toBe(1);
  });

  it("adds what the network makes of the position", () => {
    const still = { ...model, network: { ...model.network, biases: Float32Array.of(-9) } };
    const added = (features: readonly number[]) =>
      predict(model, features).outputs[0] - predict(still, features).outputs[0];
    expect(added([10.5, 2])).toBe(0);
    expect(added([13, 2])).toBeCloseTo(0.4, 4);
    expect(added([15, -1])).toBeCloseTo(0.8, 4);
  });

  it("goes by direction only, unfamiliar, where nothing known is near", () => {
    const wide = { ...model, kernels: { ...model.kernels, gamma: 50 } };
    const { outputs, familiarity } = predict(wide, [-1e6, 1e6]);
    const furthest = Float32Array.of(-3 * POSITION_STEPS, 3 * POSITION_STEPS);
    expect(outputs[0]).toBeCloseTo(
      0.5 + 0.3 * arcCosine(comparePositions(furthest, model.kernels.positions, 2)),
      4,
    );
    expect(familiarity).toBeLessThan(1e-6);
  });
});
