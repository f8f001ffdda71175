import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  takeFromWindow,
  type WindowDecision,
  type WindowPolicy,
} from "../../src/durable-objects/sliding-window.ts";
import { SEED } from "../support/seed.ts";

const MINUTE: WindowPolicy = { limit: 3, windowMs: 60_000 };

interface Taken extends WindowDecision {
  readonly at: number;
}

/** What becomes of requests at these times, one after the other. */
function takeAll(times: readonly number[], policy: WindowPolicy): Taken[] {
  let hits: readonly number[] = [];
  return times.map((at) => {
    const decision = takeFromWindow(hits, at, policy);
    hits = decision.hits;
    return { at, ...decision };
  });
}

/** Sequences of times with bursts, pauses and requests in the same millisecond, and a small policy. */
const scenarios = fc.record({
  policy: fc.record({ limit: fc.integer({ min: 1, max: 6 }), windowMs: fc.integer({ min: 1, max: 5000 }) }),
  times: fc
    .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 8000 })), {
      maxLength: 60,
    })
    .map((gaps) => {
      let now = 1_795_428_000_000;
      return gaps.map((gap) => {
        now += gap;
        return now;
      });
    }),
});

/** How many of the allowed requests lie in the `windowMs` up to and including `at`. */
function allowedWithin(taken: readonly Taken[], at: number, windowMs: number): number {
  return taken.filter((one) => one.allowed && one.at <= at && one.at > at - windowMs).length;
}

describe("the sliding window", () => {
  test("lets the limit through at once, and no more until the first is a window old", () => {
    const taken = takeAll([0, 0, 10, 20, 59_999, 60_000, 60_001], MINUTE);
    expect(taken.map(({ allowed }) => allowed)).toEqual([true, true, true, false, false, true, true]);
  });

  test("counts down what remains, and says when there is more", () => {
    const taken = takeAll([0, 1000, 2000, 3000], MINUTE);
    expect(taken.map(({ remaining, resetSeconds }) => [remaining, resetSeconds])).toEqual([
      [2, 60],
      [1, 60],
      [0, 58],
      [0, 57],
    ]);
  });

  test("never allows more than the limit in any window, wherever it begins", () => {
    fc.assert(
      fc.property(scenarios, ({ policy, times }) => {
        const taken = takeAll(times, policy);
        for (const { at } of taken) {
          expect(allowedWithin(taken, at, policy.windowMs)).toBeLessThanOrEqual(policy.limit);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test("refuses only when the limit is used up: it is exact", () => {
    let refused = 0;
    fc.assert(
      fc.property(scenarios, ({ policy, times }) => {
        const taken = takeAll(times, policy);
        for (const [index, { allowed, at }] of taken.entries()) {
          if (allowed) continue;
          refused += 1;
          expect(allowedWithin(taken.slice(0, index), at, policy.windowMs)).toBe(policy.limit);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  test("says truly how many are left, and remembers no more than it must", () => {
    fc.assert(
      fc.property(scenarios, ({ policy, times }) => {
        const taken = takeAll(times, policy);
        for (const [index, { at, hits, remaining }] of taken.entries()) {
          const used = allowedWithin(taken.slice(0, index + 1), at, policy.windowMs);
          expect(remaining).toBe(policy.limit - used);
          expect(hits).toHaveLength(used);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test("keeps its word: whoever waits as long as it says is let through", () => {
    fc.assert(
      fc.property(scenarios, ({ policy, times }) => {
        for (const { at, hits, remaining, resetSeconds } of takeAll(times, policy)) {
          expect(resetSeconds).toBeGreaterThanOrEqual(1);
          const later = takeFromWindow(hits, at + resetSeconds * 1000, policy);
          expect(later.allowed).toBe(true);
          if (remaining > 0) expect(later.remaining).toBe(policy.limit - 1);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test("makes nobody wait a second longer than needed", () => {
    fc.assert(
      fc.property(scenarios, ({ policy, times }) => {
        for (const { at, hits, remaining, resetSeconds } of takeAll(times, policy)) {
          if (remaining > 0 || resetSeconds === 1) continue;
          expect(takeFromWindow(hits, at + (resetSeconds - 1) * 1000, policy).allowed).toBe(false);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
