import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findingsOf, listenTo } from "../helpers.ts";

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../../../tests/fixtures/${name}`, import.meta.url)));
}

describe("an instrument that isn't a piano", () => {
  test.each([
    ["drums", "drums.mp3", "other_instrument"],
    ["somebody who speaks", "speech.mp3", "speech"],
  ] as const)("(%s) is named, and not scored", async (_what, name, heard) => {
    const analysis = await listenTo(fixture(name));
    expect(analysis.heard).toBe(heard);
    expect(findingsOf(analysis, heard)).toHaveLength(1);
    expect(Object.values(analysis.dimensions).every(({ score }) => score === null)).toBe(true);
  });

  test.each([
    ["a nylon guitar, arpeggios", "nylon-guitar.mp3"],
    ["a steel guitar, chords", "steel-guitar.mp3"],
  ])("(%s) is named, and answered with little confidence", async (_what, name) => {
    const analysis = await listenTo(fixture(name));
    expect(analysis.heard).toBe("music");
    expect(analysis.findings[0]?.kind).toBe("other_instrument");
    expect(analysis.confidence).toBeLessThanOrEqual(0.2);
  });
});

describe("a piano", () => {
  test.each(["petzold-minuet-in-g.mp3", "petzold-minuet-in-g.m4a"])(
    "(%s) is music for sure",
    async (name) => {
      const analysis = await listenTo(fixture(name));
      expect(analysis.heard).toBe("music");
      expect(analysis.confidence).toBeGreaterThan(0.9);
      expect([...findingsOf(analysis, "unlike_piano"), ...findingsOf(analysis, "other_instrument")]).toEqual(
        [],
      );
    },
  );
});
