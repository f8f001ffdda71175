import { noteLevels, predict } from "@crescendai/performance-analysis/judgement";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitScales, predictScales, prepareScales, toRegression } from "../../src/fitting/scale-regression.ts";
import { fitKernels, predictByKernel } from "../../src/model/fit-kernel.ts";
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

describe("the fit of the scales", () => {
  const features = rows(120, 4);
  // Two copies of each segment, the second a little off, as another piano would be.
  const copies = features.flatMap((row) => [row, row.map((value) => value + 0.1 * random.normal())]);
  const truth = features.map((row) => Float64Array.of(0.5 + 0.1 * row[0] - 0.05 * Math.abs(row[1]), 0.4));
  const segment = Int32Array.from(copies, (_, sample) => sample >> 1);
  const prepared = prepareScales(
    { features: copies, segment, kind: segment.map((_, sample) => sample % 2) },
    () => true,
  );
  const { kernels } = prepared;
  const targetsOf = (segments: number) => new Map(truth.slice(0, segments).entries());
  /** Squared error of the first copies of the segments that weren't trained on, by what their mean would miss. */
  const missed = (predicted: (sample: number) => number) => {
    const middle = truth.slice(0, 90).reduce((sum, [value]) => sum + value / 90, 0);
    let error = 0;
    let spread = 0;
    for (let item = 90; item < 120; item += 1) {
      error += (predicted(2 * item) - truth[item][0]) ** 2;
      spread += (truth[item][0] - middle) ** 2;
    }
    return error / spread;
  };

  it("predicts segments that it never met much better than their mean, by each kernel and by all three", () => {
    const fit = fitScales(prepared, targetsOf(90));
    expect(missed((sample) => predictByKernel(kernels, fit.kernels, 0, sample)[0])).toBeLessThan(0.4);
    expect(missed((sample) => predictByKernel(kernels, fit.kernels, 1, sample)[0])).toBeLessThan(0.4);
    expect(missed((sample) => predictScales(prepared, fit, sample)[0])).toBeLessThan(0.3);
  });

  it("has the least penalised error by each kernel on the segments that it may see, and looks at no others", () => {
    const { active, weights, bias } = fitKernels(kernels, targetsOf(90));
    const seen = prepared.samples.inTraining.filter((sample) => segment[sample] < 90);
    kernels.tables.forEach(({ settings, values, landmarkValues }, table) => {
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
    const fit = fitScales(prepared, targetsOf(120));
    const model = toRegression(prepared, fit);
    for (const sample of [0, 17, 230])
      expect(predict(model, copies[sample]).outputs[0]).toBeCloseTo(
        predictScales(prepared, fit, sample)[0],
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
