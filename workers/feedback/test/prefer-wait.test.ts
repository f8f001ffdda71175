import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { preferredWait } from "../src/prefer-wait.ts";

describe("preferredWait", () => {
  test.each([
    [null, 5],
    ["", 5],
    ["respond-async", 5],
    ["wait=0", 0],
    ["wait=10", 10],
    ["WAIT = 7", 7],
    ['wait="12"', 12],
    ["respond-async, wait=3", 3],
    ["wait=3, respond-async", 3],
    ["wait=3; foo=bar", 3],
    ["wait=4, wait=9", 4],
    ["wait=25", 25],
    ["wait=26", 25],
    ["wait=99999999999999999999", 25],
    ["wait=-1", 5],
    ["wait=1.5", 5],
    ["wait=ten", 5],
    ["wait=", 5],
    ["wait", 5],
    ["await=3", 5],
    ["waits=3", 5],
  ])("reads %j as %d seconds", (header, seconds) => {
    expect(preferredWait(header)).toBe(seconds);
  });

  test("whatever the header, the wait is a whole number from 0 to 25", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[wait=;, "\d]*$/)), (header) => {
        const seconds = preferredWait(header);
        expect(Number.isInteger(seconds) && seconds >= 0 && seconds <= 25).toBe(true);
      }),
    );
  });

  test("a well-formed wait counts wherever it stands among other preferences", () => {
    const preference = fc.constantFrom("respond-async", "return=minimal", 'handling="lenient"', "foo");
    fc.assert(
      fc.property(fc.array(preference), fc.nat({ max: 1000 }), fc.array(preference), (a, wait, b) => {
        const header = [...a, `wait=${wait}`, ...b].join(", ");
        expect(preferredWait(header)).toBe(Math.min(wait, 25));
      }),
    );
  });
});
