import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { POSITION_STEPS } from "../../src/judgement/feature-space.ts";
import { arcCosine, comparePositions, laplacian } from "../../src/judgement/kernels.ts";

const WIDTH = 6;
const position = fc.float32Array({ minLength: WIDTH, maxLength: WIDTH, min: -300, max: 300, noNaN: true });

describe.each([
  ["the Laplacian kernel", laplacian(0.7)],
  ["the arc-cosine kernel", arcCosine],
])("%s", (_, kernel) => {
  it("is 1 of a position with itself, symmetric, and between 0 and 1", () => {
    fc.assert(
      fc.property(position, position, (a, b) => {
        expect(kernel(comparePositions(a, a, 0))).toBeCloseTo(1, 6);
        const ab = kernel(comparePositions(a, b, 0));
        expect(ab).toBeCloseTo(kernel(comparePositions(b, a, 0)), 12);
        expect(ab).toBeGreaterThanOrEqual(0);
        expect(ab).toBeLessThanOrEqual(1 + 1e-12);
      }),
      { seed: 3 },
    );
  });

  it("reads the landmark that begins at the offset", () => {
    fc.assert(
      fc.property(position, position, position, (a, b, c) => {
        expect(kernel(comparePositions(a, Float32Array.of(...b, ...c), WIDTH))).toBe(
          kernel(comparePositions(a, c, 0)),
        );
      }),
      { seed: 4 },
    );
  });
});

describe("the arc-cosine kernel", () => {
  it("is what two layers of many rectified random units make of two positions", () => {
    // One feature, as far from the other side of the middle as the constant input is large: 90° apart before the first layer.
    const far = Math.sqrt(0.1) * POSITION_STEPS;
    const first = 1 / Math.PI;
    const angle = Math.acos(first);
    const second = (Math.sin(angle) + (Math.PI - angle) * first) / Math.PI;
    expect(arcCosine(comparePositions(Float32Array.of(far), Float32Array.of(-far), 0))).toBeCloseTo(
      second,
      6,
    );
  });
});
