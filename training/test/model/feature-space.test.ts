import { KNOTS } from "@crescendai/performance-analysis/judgement";
import { describe, expect, it } from "vitest";
import { layOutFeatures } from "../../src/model/feature-space.ts";
import { createRandom } from "../../src/render/random.ts";

describe("the layout of features", () => {
  const random = createRandom("features of renders");
  const segments = Array.from({ length: 200 }, () => [random.normal(), random.normal()] as const);
  // Three renders of each: the first feature is heard well on any piano, the second hardly, the third is always the same, the
  // fourth tells pianos apart and nothing else.
  const rows = segments.flatMap(([clear, faint]) =>
    [0, 1, 2].map(() =>
      Float32Array.of(clear + 0.2 * random.normal(), faint + 2 * random.normal(), 7, random.normal()),
    ),
  );
  const { knots, weights } = layOutFeatures(
    rows,
    rows.map((_, row) => Math.floor(row / 3)),
  );

  it("counts a feature by how little pianos and rooms change it, and one that says nothing of the playing not at all", () => {
    expect(weights[0]).toBeGreaterThan(2 * weights[1]);
    expect(weights[1]).toBeGreaterThan(0);
    expect([...weights.subarray(2)]).toEqual([0, 0]);
  });

  it("has half of the data on each side of the middle knot", () => {
    const middle = knots[(KNOTS - 1) / 2];
    expect(rows.filter(([value]) => value < middle).length).toBeCloseTo(rows.length / 2, -1);
    expect(knots.subarray(0, KNOTS)).toEqual(knots.slice(0, KNOTS).sort());
  });

  it("counts all alike where there is one render of each", () => {
    const single = rows.filter((_, row) => row % 3 === 0);
    const { weights: alike } = layOutFeatures(single, [...single.keys()]);
    expect(alike[0]).toBeCloseTo(alike[1], 6);
  });
});
