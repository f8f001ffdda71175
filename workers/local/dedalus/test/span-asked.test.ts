import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allotMinutes } from "../src/coach/answers/allot-minutes.ts";
import { spansIn, spanWithin } from "../src/coach/own-questions/span-asked.ts";

describe("the time of a recording that a question names", () => {
  test.each([
    ["at 1:08", 68, 68],
    ["between 0:05 and 0:10", 5, 10],
    ["0:10-0:05", 5, 10],
    ["from 5 to 10 seconds", 5, 10],
    ["after 0:12", 12, Number.POSITIVE_INFINITY],
    ["before 0:12", 0, 12],
    ["at second 11", 11, 11],
    ["at 7 seconds", 7, 7],
    ["at the 7th second", 7, 7],
    ["seven seconds in", 7, 7],
    ["in the first ten seconds", 0, 10],
    ["the last 5 seconds", 19, 24],
    ["the first minute", 0, 60],
    ["at minute 2", 120, 120],
    ["at 1 minute 30", 90, 90],
    ["at about 1 minute and 30 seconds", 90, 90],
    ["at one minute ten?", 70, 70],
    ["1 minute 30 seconds in", 90, 90],
    ["the second half", 12, 24],
    ["at the beginning", 0, 8],
    ["at the end", 16, 24],
  ])("%s", (text, start, end) => {
    const [span] = spansIn(text);
    expect(span === undefined ? null : spanWithin(span, 24)).toEqual({ start, end });
  });

  test.each([
    "for 20 minutes",
    "hold it for two seconds",
    "a second time",
    "op. 10 no. 3",
    "for 1 minute 30",
  ])("is none in: %s", (text) => expect(spansIn(text)).toEqual([]));

  test("can't be placed from the end where nobody says how long the recording is", () => {
    const [last] = spansIn("the last 5 seconds");
    expect(last === undefined ? undefined : spanWithin(last, null)).toBeNull();
  });
});

describe("minutes of a plan", () => {
  test("add up to what there is, at least three a task and at most twice what it wants", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 240 }),
        (wanted, total) => {
          const { minutes, left } = allotMinutes(wanted, total);
          expect(minutes.reduce((sum, one) => sum + one, left)).toBe(total);
          expect(left).toBeGreaterThanOrEqual(0);
          minutes.forEach((given, at) => {
            expect(given).toBeGreaterThanOrEqual(Math.min(3, total));
            expect(given).toBeLessThanOrEqual(Math.max(3, 2 * (wanted[at] ?? 0)));
          });
        },
      ),
      { seed: 20261128 },
    );
  });

  test("go to the tasks in proportion to what they want", () => {
    expect(allotMinutes([5, 8, 5], 20)).toEqual({ minutes: [6, 9, 5], left: 0 });
    expect(allotMinutes([5, 8], 60)).toEqual({ minutes: [10, 16], left: 34 });
  });
});
