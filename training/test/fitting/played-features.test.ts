import { describe, expect, it } from "vitest";
import { playedFeatures } from "../../src/fitting/played-features.ts";
import type { Performance } from "../../src/render/performance.ts";

const scale: Performance = {
  notes: Array.from({ length: 16 }, (_, index) => ({
    onset: 0.25 * index,
    offset: 0.25 * index + 0.2,
    pitch: 60 + index,
    velocity: 64,
  })),
  pedal: [],
  softPedal: [],
  duration: 3.95,
};

describe("what a performance is by its keys and pedals", () => {
  it("is the same number of numbers for any performance, all finite", () => {
    const one: Performance = { ...scale, notes: scale.notes.slice(0, 1), duration: 0.2 };
    expect(playedFeatures(one).length).toBe(playedFeatures(scale).length);
    for (const value of [...playedFeatures(scale), ...playedFeatures(one)])
      expect(value).toBeTypeOf("number");
    expect([...playedFeatures(one)].every(Number.isFinite)).toBe(true);
  });

  it("doesn't depend on when in the file it begins", () => {
    const later: Performance = {
      ...scale,
      notes: scale.notes.map((note) => ({ ...note, onset: note.onset + 8, offset: note.offset + 8 })),
      duration: scale.duration + 8,
    };
    const [first, second] = [playedFeatures(scale), playedFeatures(later)];
    first.forEach((value, index) => {
      expect(second[index]).toBeCloseTo(value, 4);
    });
  });

  it("tells a pedal, a touch and a pace from others", () => {
    const changed: readonly Performance[] = [
      { ...scale, pedal: [{ time: 0.1, value: 127 }] },
      { ...scale, notes: scale.notes.map((note) => ({ ...note, offset: note.onset + 0.3 })) },
      { ...scale, notes: scale.notes.map((note) => ({ ...note, onset: note.onset * 0.8 })) },
    ];
    const texts = [scale, ...changed].map((performance) => playedFeatures(performance).join());
    expect(new Set(texts).size).toBe(texts.length);
  });
});
