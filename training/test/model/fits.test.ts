import { noteLevels, predict } from "@crescendai/performance-analysis/judgement";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SCALE_KERNELS, toRegression } from "../../src/fitting/scale-regression.ts";
import { fitKernels, predictSample, prepareKernels } from "../../src/model/fit-kernel.ts";
import { fitNoteLevel } from "../../src/model/fit-note-level.ts";
import { solvePositiveDefinite } from "../../src/model/linear-algebra.ts";
import { createRandom } from "../../src/render/random.ts";

const random = createRandom("tests of the fits");
const rows = (count: number, width: number) =>
  Array.from({ length: count }, () => Float32Array.from({ length: width }, () => random.normal()));

describe("solving a positive definite system", () => {
  it("finds the solution that the right-hand side was made from", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(1000),
        (n, m, seed) => {
          const chance = createRandom(`system ${seed}`);
          const factor = Float64Array.from({ length: n * n }, () => chance.normal());
          const a = new Float64Array(n * n);
          for (let i = 0; i < n; i += 1)
            for (let j = 0; j < n; j += 1) {
              for (let k = 0; k < n; k += 1) a[i * n + j] += factor[i * n + k] * factor[j * n + k];
              if (i === j) a[i * n + j] += 0.5;
            }
          const x = Float64Array.from({ length: n * m }, () => chance.normal());
          const b = new Float64Array(n * m);
          for (let i = 0; i < n; i += 1)
            for (let j = 0; j < n; j += 1)
              for (let k = 0; k < m; k += 1) b[i * m + k] += a[i * n + j] * x[j * m + k];
          solvePositiveDefinite(a, n, b, m);
          b.forEach((value, index) => {
            expect(value).toBeCloseTo(x[index], 6);
          });
        },
      ),
      { seed: 11, numRuns: 50 },
    );
  });

  it("refuses a matrix that isn't positive definite", () => {
    expect(() => solvePositiveDefinite(Float64Array.of(1, 0, 2, 1), 2, new Float64Array(2), 1)).toThrow();
  });
});

describe("the kernel fit", () => {
  const features = rows(120, 4);
  // Two copies of each segment, the second a little off, as another piano would be.
  const copies = features.flatMap((row) => [row, row.map((value) => value + 0.1 * random.normal())]);
  const truth = features.map((row) => Float64Array.of(0.5 + 0.1 * row[0] - 0.05 * Math.abs(row[1]), 0.4));
  const segment = Int32Array.from(copies, (_, sample) => sample >> 1);
  const prepared = prepareKernels(
    { features: copies, segment, kind: segment.map((_, sample) => sample % 2) },
    SCALE_KERNELS,
    () => true,
  );
  const targetsOf = (segments: number) => new Map(truth.slice(0, segments).entries());

  it("predicts segments that it never met much better than their mean", () => {
    const fit = fitKernels(prepared, targetsOf(90));
    let error = 0;
    let spread = 0;
    for (let item = 90; item < 120; item += 1) {
      error += (predictSample(prepared, fit, 2 * item)[0] - truth[item][0]) ** 2;
      spread += (truth[item][0] - fit.bias[0]) ** 2;
    }
    expect(error).toBeLessThan(0.4 * spread);
  });

  it("has the least penalised error on the segments that it may see, and looks at no others", () => {
    const { active, weights, bias } = fitKernels(prepared, targetsOf(90));
    const seen = prepared.inTraining.filter((sample) => segment[sample] < 90);
    prepared.tables.forEach(({ settings, values, landmarkValues }, table) => {
      const sum = (row: Float32Array) =>
        active.reduce((total, landmark, at) => total + row[landmark] * weights[table][2 * at], 0);
      for (const landmark of active) {
        // The slope of the error and of the penalty along this landmark's weight; the least ridge is 1e-6.
        const slope = seen.reduce(
          (total, sample) =>
            total + values[sample][landmark] * (sum(values[sample]) + bias[0] - truth[segment[sample]][0]),
          settings.ridge * sum(landmarkValues[landmark]),
        );
        expect(slope).toBeCloseTo(0, 4);
      }
    });
  });

  it("gives the product the same predictions as it made itself", () => {
    const fit = fitKernels(prepared, targetsOf(120));
    const model = toRegression(prepared, fit);
    for (const sample of [0, 17, 230])
      expect(predict(model, copies[sample]).outputs[0]).toBeCloseTo(
        predictSample(prepared, fit, sample)[0],
        3,
      );
  });
});

describe("the note-level network", () => {
  it("learns how level hangs together with its inputs, and sets the recording's median note to 0 dB", () => {
    const count = 4000;
    const inputs = Float32Array.from({ length: count * 3 }, () => random.normal());
    const targets = Float32Array.from(
      { length: count },
      (_, note) => 4 * inputs[3 * note] + 3 * Math.max(0, inputs[3 * note + 1]),
    );
    const model = fitNoteLevel({ width: 3, inputs, targets }, createRandom("fit"));
    const levels = noteLevels(model, inputs);
    const middle = Float32Array.from(targets).sort()[count >> 1];
    let error = 0;
    levels.forEach((level, note) => {
      error += (level - (targets[note] - middle)) ** 2 / count;
    });
    expect(Math.sqrt(error)).toBeLessThan(0.6);
    expect(Float32Array.from(levels).sort()[count >> 1]).toBe(0);
  });
});
