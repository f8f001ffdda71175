import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoffMs, parseRetryAfter } from "../src/retry.ts";
import { SEED } from "./seed.ts";

const NOW = Date.parse("2026-11-23T12:00:00.000Z");

describe("how long is waited before the next attempt", () => {
  const policies = fc.record({
    attempts: fc.constant(4),
    firstBackoffMs: fc.integer({ min: 1, max: 2000 }),
    fixedShare: fc.constantFrom(0, 0.5, 1),
    longestRetryAfterMs: fc.integer({ min: 0, max: 20_000 }),
  });
  const attempts = fc.integer({ min: 1, max: 4 });
  const chance = fc.double({ min: 0, max: 1, noNaN: true });
  const asked = fc.integer({ min: 0, max: 40_000 });

  test("grows, varies by chance within its share, and is never less than the server asks for", () => {
    fc.assert(
      fc.property(policies, attempts, chance, asked, (policy, attempt, random, retryAfter) => {
        const delay = backoffMs(policy, attempt, random, retryAfter);
        if (retryAfter > policy.longestRetryAfterMs) {
          expect(delay).toBeNull();
          return;
        }
        const full = policy.firstBackoffMs * 2 ** (attempt - 1);
        expect(delay).toBeGreaterThanOrEqual(Math.max(full * policy.fixedShare, retryAfter));
        expect(delay).toBeLessThanOrEqual(Math.max(full, retryAfter));
      }),
      { seed: SEED },
    );
  });

  test.each([
    [null, undefined],
    ["", undefined],
    ["soon", undefined],
    ["-3", undefined],
    ["5", 5000],
    [" 5 ", 5000],
    ["0", 0],
    ["Mon, 23 Nov 2026 12:00:07 GMT", 7000],
    ["Mon, 23 Nov 2020 12:00:07 GMT", 0],
  ])("Retry-After %j is %s ms", (header, milliseconds) => {
    expect(parseRetryAfter(header, NOW)).toBe(milliseconds);
  });
});
