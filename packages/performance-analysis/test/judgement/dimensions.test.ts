import { DIMENSIONS, PERCEPTUAL_SCALES } from "@crescendai/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DIMENSION_BASES } from "../../src/judgement/dimension-mapping.ts";
import { judgeDimensions } from "../../src/judgement/judge-dimensions.ts";
import type { ScaleReading } from "../../src/judgement/judge-scales.ts";
import type { Calibration } from "../../src/judgement/model.ts";
import type { MeasuredScores } from "../../src/music/measured-scores.ts";

const SCALES = PERCEPTUAL_SCALES.length;
const calibration: Calibration = {
  means: new Float32Array(SCALES).fill(0.5),
  deviations: new Float32Array(SCALES).fill(0.1),
  halfWidths: new Float32Array(SCALES).fill(0.1),
  compositeDeviations: new Float32Array(DIMENSIONS.length).fill(0.8),
  compositeHalfWidths: new Float32Array(DIMENSIONS.length).fill(0.9),
  usualFamiliarity: 0.4,
};
const measured: MeasuredScores = {
  rhythmic_precision: { score: 80, uncertainty: 5 },
  dynamics_control: { score: 70, uncertainty: 6 },
  articulation_quality: { score: 75, uncertainty: 6 },
  pedaling_technique: { score: 72, uncertainty: 7 },
  note_accuracy: { score: 78, uncertainty: 12 },
};
const unmeasured: MeasuredScores = {
  rhythmic_precision: null,
  dynamics_control: null,
  articulation_quality: null,
  pedaling_technique: null,
  note_accuracy: null,
};
const ratings = fc.float32Array({ minLength: SCALES, maxLength: SCALES, min: 0, max: 1, noNaN: true });

/** A reading that timing has no part in. */
function alike(values: Float32Array, widening = 1): ScaleReading {
  return { values, atUsualTiming: values, widening };
}

describe("the twelve dimensions", () => {
  it("never move against a scale that counts for them, and not at all with one that doesn't", () => {
    fc.assert(
      fc.property(
        ratings,
        fc.nat(SCALES - 1),
        fc.float({ min: 0, max: 1, noNaN: true }),
        (values, scale, rating) => {
          const changed = Float32Array.from(values);
          changed[scale] = rating;
          const before = judgeDimensions(alike(values), measured, calibration);
          const after = judgeDimensions(alike(changed), measured, calibration);
          const direction = Math.sign(changed[scale] - values[scale]);
          for (const dimension of DIMENSIONS) {
            const weight = DIMENSION_BASES[dimension].rated[PERCEPTUAL_SCALES[scale]] ?? 0;
            const moved = (after[dimension].score ?? 0) - (before[dimension].score ?? 0);
            if (weight === 0) expect(moved).toBe(0);
            else expect(moved * direction * Math.sign(weight)).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { seed: 5 },
    );
  });

  it("are all scored between 0 and 100 with an uncertainty and a basis where notes were measured and rated", () => {
    fc.assert(
      fc.property(ratings, (values) => {
        const dimensions = judgeDimensions(alike(values, 1.5), measured, calibration);
        for (const dimension of DIMENSIONS) {
          const { score, uncertainty, basis, reason } = dimensions[dimension];
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
          expect(uncertainty).toBeGreaterThan(0);
          expect(basis).not.toBeNull();
          expect(reason).toBeNull();
        }
      }),
      { seed: 6 },
    );
  });

  it("have a reason instead of a score where what they rest on is missing", () => {
    const dimensions = judgeDimensions(null, unmeasured, calibration);
    for (const dimension of DIMENSIONS) {
      expect(dimensions[dimension].score).toBeNull();
      expect(dimensions[dimension].reason).toMatch(/\.$/u);
    }
    const rated = judgeDimensions(alike(calibration.means), unmeasured, calibration);
    expect(rated.rhythmic_precision.score).toBeNull();
    expect(rated.phrasing).toMatchObject({ score: 70, basis: "rated" });
  });

  it("grow more uncertain together with the ratings", () => {
    const usual = judgeDimensions(alike(calibration.means), measured, calibration);
    const strange = judgeDimensions(alike(calibration.means, 2), measured, calibration);
    expect(strange.phrasing.uncertainty).toBeCloseTo(2 * (usual.phrasing.uncertainty ?? 0), 0);
  });

  it("rest on the scales at usual timing, but for rhythm, which is about time", () => {
    const high = new Float32Array(SCALES).fill(0.6);
    const rated: ScaleReading = { values: high, atUsualTiming: calibration.means, widening: 1 };
    const mixed = judgeDimensions(rated, measured, calibration);
    const usual = judgeDimensions(alike(calibration.means), measured, calibration);
    const asPlayed = judgeDimensions(alike(high), measured, calibration);
    expect(mixed).toEqual({ ...usual, rhythmic_precision: asPlayed.rhythmic_precision });
    expect(mixed.rhythmic_precision).not.toEqual(usual.rhythmic_precision);
  });
});
