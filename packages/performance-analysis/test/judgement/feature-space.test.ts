import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  KNOTS,
  normalScore,
  POSITION_STEPS,
  positionOf,
  scoreOfKnot,
} from "../../src/judgement/feature-space.ts";

const SEED = 5;
const knotsOf = (values: readonly number[]) => Float32Array.from(values).sort();
const anyKnots = fc
  .array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.float({ min: -100, max: 100, noNaN: true })), {
    minLength: KNOTS,
    maxLength: KNOTS,
  })
  .map(knotsOf);
const anyValue = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.float({ min: -1000, max: 1000, noNaN: true }));

describe("where a value lies among those of the data", () => {
  const linear = knotsOf(Array.from({ length: KNOTS }, (_, knot) => 10 + 2 * scoreOfKnot(knot)));

  it("is how many deviations it lies from the mean, where the feature is distributed normally", () => {
    for (const deviations of [-2.9, -1, 0, 0.3, 2]) {
      expect(normalScore(10 + 2 * deviations, linear)).toBeCloseTo(deviations, 5);
    }
  });

  it("is the same for all values beyond the outermost", () => {
    expect(normalScore(1e9, linear)).toBe(3);
    expect(normalScore(-1e9, linear)).toBe(-3);
  });

  it("is the middle of theirs for a value that many share", () => {
    const spiked = knotsOf([...new Array(9).fill(0), 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(normalScore(0, spiked)).toBeCloseTo(-1.5, 5);
    expect(normalScore(0.5, spiked)).toBeGreaterThan(-1.5);
  });

  it("never falls as the value rises, and lies between -3 and 3, whatever the data are", () => {
    fc.assert(
      fc.property(anyKnots, anyValue, anyValue, (knots, one, other) => {
        const low = normalScore(Math.min(one, other), knots);
        const high = normalScore(Math.max(one, other), knots);
        expect(low).toBeLessThanOrEqual(high + 1e-9);
        expect(low).toBeGreaterThanOrEqual(-3);
        expect(high).toBeLessThanOrEqual(3);
      }),
      { seed: SEED },
    );
  });

  it("counts as much as the feature does, and has no place in a position if that is nothing", () => {
    const space = {
      knots: Float32Array.from([...linear, ...linear, ...linear]),
      weights: Float32Array.of(0.5, 0, 1),
    };
    expect([...positionOf([12, 12, 8], space)]).toEqual([0.5 * POSITION_STEPS, -POSITION_STEPS]);
  });
});
