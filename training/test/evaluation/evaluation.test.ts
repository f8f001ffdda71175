import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { determination, orderAgreement } from "../../src/evaluation/scores.ts";
import { crossedRounds, groupRounds } from "../../src/evaluation/splits.ts";
import { calibrate } from "../../src/fitting/calibrate.ts";
import { createRandom } from "../../src/render/random.ts";

const groups = fc.array(fc.stringMatching(/^[a-f]$/u), { minLength: 6, maxLength: 40 });

describe("cross-validation", () => {
  it("tests every item once, and never trains on its group", () => {
    fc.assert(
      fc.property(groups, (group) => {
        const rounds = groupRounds(group, 3, 1);
        group.forEach((name, item) => {
          const testing = rounds.filter(({ test }) => test(item));
          expect(testing).toHaveLength(1);
          group.forEach((other, index) => {
            if (other === name) expect(testing[0].train(index)).toBe(false);
          });
        });
      }),
      { seed: 2 },
    );
  });

  it("leaves out both groups of an item where both are to be unseen", () => {
    fc.assert(
      fc.property(groups, (first) => {
        const second = first.map((name, index) => `${name}${index % 3}`);
        const rounds = crossedRounds(first, second, 2, 1);
        first.forEach((_, item) => {
          const testing = rounds.filter(({ test }) => test(item));
          expect(testing).toHaveLength(1);
          first.forEach((name, index) => {
            if (name === first[item] || second[index] === second[item])
              expect(testing[0].train(index)).toBe(false);
          });
        });
      }),
      { seed: 3 },
    );
  });
});

describe("the scores of a validation", () => {
  it("are 1 for the truth, 0 for its mean, negative for worse", () => {
    const truth = [[0.1], [0.5], [0.6]];
    expect(determination(truth, truth)[0]).toBe(1);
    expect(determination(truth, [[0.4], [0.4], [0.4]])[0]).toBeCloseTo(0, 12);
    expect(determination(truth, [[0.9], [0.1], [0.1]])[0]).toBeLessThan(0);
  });

  it("count pairs of one passage only, and only those whose ratings differ", () => {
    const truth = [[0.2], [0.8], [0.2], [0.9]];
    const predicted = [[0.3], [0.6], [0.1], [0.0]];
    // Pairs of passage a: 0–1 right, 0–2 equal and left out, 1–2 right; 3 is alone.
    expect(orderAgreement(truth, predicted, ["a", "a", "a", "b"], () => true)).toBe(1);
    expect(orderAgreement(truth, predicted, ["a", "a", "a", "a"], () => true)).toBeCloseTo(2 / 5, 12);
  });
});

describe("calibrated intervals", () => {
  it("hold four of five ratings that they weren't calibrated on", () => {
    const random = createRandom("calibration");
    const draw = (count: number) =>
      Array.from({ length: count }, () =>
        Float64Array.from({ length: 19 }, () => 0.5 + 0.1 * random.normal()),
      );
    const predictions = (count: number) =>
      Array.from({ length: count }, () => new Float64Array(19).fill(0.5));
    const { halfWidths } = calibrate(draw(800), predictions(800));
    const unseen = draw(800);
    const inside = unseen.flatMap((row) =>
      [...row].map((value, scale) => Math.abs(value - 0.5) <= halfWidths[scale]),
    );
    expect(inside.filter(Boolean).length / inside.length).toBeCloseTo(0.8, 1);
  });
});
