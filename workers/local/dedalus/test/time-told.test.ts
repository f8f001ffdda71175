import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minutesIn, minutesInWords } from "../src/coach/time-told.ts";
import { readMessage } from "../src/coach/told-facts.ts";

const SEED = 20_261_128;

/** Numbers as players write them, with what they are. */
const COUNTS = [
  ["two", 2],
  ["three", 3],
  ["ten", 10],
  ["twelve", 12],
  ["twenty-five", 25],
  ["forty five", 45],
  ["4", 4],
  ["90", 90],
] as const;

/** Lengths of time as players write them, in minutes. */
const LENGTHS = fc.oneof(
  fc.constantFrom(
    ["half an hour", 30],
    ["a half hour", 30],
    ["an hour", 60],
    ["an hour and a half", 90],
    ["three quarters of an hour", 45],
    ["a quarter of an hour", 15],
    ["1.5 hours", 90],
  ),
  fc
    .tuple(fc.constantFrom(...COUNTS), fc.constantFrom("minutes", "min", "mins"))
    .map(([[count, minutes], unit]) => [`${count} ${unit}`, minutes] as const),
  fc
    .tuple(fc.constantFrom(...COUNTS), fc.constantFrom("hours", "hrs"))
    .map(([[count, hours], unit]) => [`${count} ${unit}`, 60 * hours] as const),
  fc.constantFrom(...COUNTS).map(([count, hours]) => [`${count} hours and a half`, 60 * hours + 30] as const),
  fc.constantFrom(...COUNTS).map(([count, hours]) => [`${count} and a half hours`, 60 * hours + 30] as const),
  fc
    .tuple(fc.constantFrom(...COUNTS), fc.constantFrom(...COUNTS))
    .map(([[hours, h], [minutes, m]]) => [`${hours} hours and ${minutes} minutes`, 60 * h + m] as const),
);

describe("the time that a player tells", () => {
  test("is remembered, and counted in the same minutes, in whatever words", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("I have", "I practise", "I can spend", "I usually have about"),
        LENGTHS,
        fc.constantFrom("a day", "every day", "each evening", "daily", "per day"),
        fc.constantFrom("", ", plan my week", ". How should I use it?"),
        (says, [length, minutes], often, asks) => {
          const { told } = readMessage(`${says} ${length} ${often}${asks}`);
          expect(told?.constraints).toBe(`${says} ${length} ${often}`);
          expect(minutesIn(told?.constraints ?? "")).toBe(minutes);
        },
      ),
      { seed: SEED },
    );
  });

  test("of a week is remembered, and is no time of a day", () => {
    const { told } = readMessage("I have five hours a week");
    expect(told?.constraints).toBe("I have five hours a week");
    expect(minutesIn("I have five hours a week")).toBeNull();
    expect(minutesIn("Five hours a week, forty minutes a day")).toBe(40);
  });

  test.each(["I have a lot of time", "at 0:30", "Play four bars", "for hours", "an idea"])(
    "isn't read into what has none: %s",
    (text) => {
      expect(minutesIn(text)).toBeNull();
    },
  );

  test("is said in words as it is read", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (minutes) => {
        expect(minutesIn(`a session of ${minutesInWords(minutes)} minutes`)).toBe(minutes);
      }),
      { seed: SEED },
    );
  });
});
