import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quantile, sortedQuantile, valueAt } from "../src/signal/statistics.ts";
import { SEED } from "./decode/run.ts";

/** Few different values, so that many are equal, and many different ones. */
const VALUES = fc.oneof(
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 200 }),
  fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 200 }),
);

describe("a quantile", () => {
  test("is what it is of the sorted values, whose order stays as it was", () => {
    fc.assert(
      fc.property(VALUES, fc.double({ noNaN: true, min: 0, max: 1 }), (values, fraction) => {
        const before = [...values];
        const sorted = Float64Array.from(values).sort();
        expect(quantile(values, fraction) + 0).toBe(sortedQuantile(sorted, fraction) + 0);
        expect(values).toEqual(before);
      }),
      { seed: SEED },
    );
  });

  test("of no values isn't a number", () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([], 1)).toBeNaN();
  });
});

test("a value at a place is the one that sorting brings there", () => {
  fc.assert(
    fc.property(VALUES, fc.nat(), (values, anyPlace) => {
      const place = anyPlace % values.length;
      expect(valueAt(values, place) + 0).toBe(Float64Array.from(values).sort()[place] + 0);
    }),
    { seed: SEED },
  );
});
