import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundOfMedian, findPlace, over } from "../../src/music/place.ts";

const SEED = 20_261;

/** Values a quarter of a second apart, and where they are over 10 as a median. */
function placeIn(values: readonly number[]) {
  return findPlace({
    items: values.map((value, index) => ({ time: index / 4, value })),
    speaks: ({ value }) => over(value, 10, 10),
    holds: (items) => items.length >= 8 && boundOfMedian(valuesOf(items), -1) >= 10,
  });
}

function valuesOf(items: readonly { readonly value: number }[]): number[] {
  return items.map(({ value }) => value);
}

const repeated = (value: number, times: number) => Array.from({ length: times }, () => value);

describe("a place that is pointed at", () => {
  test("is where the values change", () => {
    const place = placeIn([...repeated(3, 40), ...repeated(25, 20), ...repeated(3, 40)]);
    expect(place).toMatchObject({ start: 10, end: 14.75 });
    expect(place?.items).toHaveLength(20);
  });

  test("stays where it is when single values are heard otherwise", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 16 }),
        fc.double({ min: 0, max: 60, noNaN: true }),
        (at, heard) => {
          const inside = repeated(25, 20);
          inside[at] = heard;
          expect(placeIn([...repeated(3, 40), ...inside, ...repeated(3, 40)])).toMatchObject({
            start: 10,
            end: 14.75,
          });
        },
      ),
      { seed: SEED },
    );
  });

  test("is all of the recording where all of it is so", () => {
    expect(placeIn([...repeated(25, 30), ...repeated(3, 4), ...repeated(25, 30)])).toMatchObject({
      start: 0,
      end: 15.75,
    });
  });

  test("is nowhere when too few values, or too short a stretch, speak for it", () => {
    expect(placeIn([...repeated(3, 40), ...repeated(25, 7), ...repeated(3, 40)])).toBeNull();
    expect(placeIn(repeated(9, 60))).toBeNull();
    expect(placeIn([])).toBeNull();
  });

  test("isn't claimed as long as it may be chance: a median just over the threshold, of few and scattered values", () => {
    const scattered = [2, 30, 4, 25, 11, 3, 28, 12, 5, 27, 11];
    expect(placeIn(scattered)).toBeNull();
  });
});

describe("the bound of a median", () => {
  test("lies on its side of the median, and nearer to it the more values there are", () => {
    const values = (count: number) => Array.from({ length: count }, (_, index) => (index + 0.5) / count);
    for (const count of [4, 16, 100]) {
      // √(¼/n) of a uniform distribution's range.
      expect(boundOfMedian(values(count), 1)).toBeCloseTo(0.5 + 0.5 / Math.sqrt(count), 0.5);
      expect(boundOfMedian(values(count), -1)).toBeCloseTo(0.5 - 0.5 / Math.sqrt(count), 0.5);
    }
    expect(boundOfMedian(values(100), 1)).toBeCloseTo(0.55, 2);
  });
});
