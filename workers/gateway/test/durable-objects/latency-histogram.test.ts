import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addHistograms,
  addLatency,
  EMPTY_HISTOGRAM,
  type LatencyHistogram,
  percentile,
} from "../../src/durable-objects/latency-histogram.ts";
import { SEED } from "../support/seed.ts";

/** Widest bin, as the ratio of its edges: four bins a doubling. */
const BIN_RATIO = 2 ** (1 / 4);
/** Half of the last digit that a percentile is given with, in milliseconds. */
const ROUNDING = 0.05;

const latencies = fc.array(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 131_072 })), {
  minLength: 1,
  maxLength: 200,
});

function histogramOf(milliseconds: readonly number[]): LatencyHistogram {
  return milliseconds.reduce(addLatency, EMPTY_HISTOGRAM);
}

/** The nearest-rank percentile of the latencies themselves; none is taken for shorter than a millisecond. */
function truePercentile(milliseconds: readonly number[], share: number): number {
  const sorted = milliseconds.map((latency) => Math.max(1, latency)).sort((one, other) => one - other);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}

describe("the histogram of latencies", () => {
  test.each([0.5, 0.95, 0.99])(
    "gives the percentile %s within 19 % of the truth, never below it",
    (share) => {
      fc.assert(
        fc.property(latencies, (milliseconds) => {
          const truth = truePercentile(milliseconds, share);
          const told = percentile(histogramOf(milliseconds), share);
          expect(told).toBeGreaterThanOrEqual(truth - ROUNDING);
          expect(told).toBeLessThanOrEqual(truth * BIN_RATIO + ROUNDING);
        }),
        { seed: SEED, numRuns: 500 },
      );
    },
  );

  test("two of them added are the one of all", () => {
    fc.assert(
      fc.property(latencies, latencies, (some, others) => {
        const added = addHistograms(histogramOf(some), histogramOf(others));
        expect(added).toEqual(histogramOf([...some, ...others]));
        expect(added).toEqual(addHistograms(histogramOf(others), histogramOf(some)));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test("counts every latency once, however long or short, and even if the clock was set back", () => {
    const extremes = [0, 0.1, 1, 131_072, 131_073, 1e9, Number.MAX_SAFE_INTEGER, -5];
    const histogram = histogramOf(extremes);
    expect(histogram.reduce((sum, count) => sum + count, 0)).toBe(extremes.length);
    expect(histogram).toHaveLength(EMPTY_HISTOGRAM.length);
  });

  test("leaves the histogram that it adds to as it is", () => {
    addLatency(EMPTY_HISTOGRAM, 5);
    expect(EMPTY_HISTOGRAM.every((count) => count === 0)).toBe(true);
  });

  test("of nothing says 0", () => {
    expect(percentile(EMPTY_HISTOGRAM, 0.95)).toBe(0);
  });
});
