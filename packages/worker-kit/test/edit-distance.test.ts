import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance } from "../src/edit-distance.ts";
import { SEED } from "./seed.ts";

describe("the edit distance", () => {
  it.each([
    ["piano", "piano", 0],
    ["piano", "pieno", 1],
    ["piano", "pinao", 1],
    ["piano", "pian", 1],
    ["piano", "", 5],
    ["kitten", "sitting", 3],
  ])("counts letters put in, left out, replaced and swapped: %s, %s", (one, other, edits) => {
    expect(editDistance(one, other)).toBe(edits);
  });

  it("is 0 for the same, the same both ways, and one more for a letter more", () => {
    const word = fc.string({ unit: fc.constantFrom(..."abcd"), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(editDistance(one, one)).toBe(0);
        expect(editDistance(one, other)).toBe(editDistance(other, one));
        expect(editDistance(one, other)).toBeLessThanOrEqual(Math.max(one.length, other.length));
        expect(editDistance(one, `${one}x`)).toBe(1);
      }),
      { seed: SEED },
    );
  });
});
