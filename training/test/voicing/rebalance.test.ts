import { expect, test } from "vitest";
import type { Performance } from "../../src/render/performance.ts";
import { createRandom } from "../../src/render/random.ts";
import { rebalanced } from "../../src/voicing/rebalance.ts";

/** Twenty seconds of a melody over broken chords, all at one velocity. */
const PERFORMANCE: Performance = {
  notes: Array.from({ length: 100 }, (_, index) => {
    const onset = Math.floor(index / 2) * 0.4;
    const pitch = index % 2 === 0 ? 48 + 4 * (Math.floor(index / 2) % 3) : 72 + (Math.floor(index / 2) % 5);
    return { onset, offset: onset + 0.38, pitch, velocity: 60 };
  }),
  pedal: [{ time: 3, value: 127 }],
  softPedal: [],
  duration: 20,
};

/** Mean velocity of the upper notes over that of the lower ones. */
function leadOf({ notes }: Performance): number {
  const middle = notes.reduce((sum, { pitch }) => sum + pitch, 0) / notes.length;
  const mean = (chosen: typeof notes) =>
    chosen.reduce((sum, { velocity }) => sum + velocity, 0) / chosen.length;
  return (
    mean(notes.filter(({ pitch }) => pitch > middle)) - mean(notes.filter(({ pitch }) => pitch < middle))
  );
}

test("top voices are as often struck more softly than the rest as harder, by up to 28 and what a slope adds", () => {
  const leads = Array.from({ length: 200 }, (_, seed) =>
    leadOf(rebalanced(PERFORMANCE, createRandom(`${seed}`))),
  );
  const softer = leads.filter((lead) => lead < 0).length;
  expect(softer).toBeGreaterThan(70);
  expect(softer).toBeLessThan(130);
  expect(Math.max(...leads.map(Math.abs))).toBeGreaterThan(20);
  expect(Math.max(...leads.map(Math.abs))).toBeLessThan(40);
});

test("an excerpt begins at 0, lasts nine seconds at most, and is the same for the same seed", () => {
  const excerpt = rebalanced(PERFORMANCE, createRandom("a"));
  expect(rebalanced(PERFORMANCE, createRandom("a"))).toEqual(excerpt);
  expect(excerpt.notes.length).toBeGreaterThan(30);
  for (const { onset, velocity } of excerpt.notes) {
    expect(onset).toBeGreaterThanOrEqual(0);
    expect(onset).toBeLessThan(9);
    expect(Number.isInteger(velocity) && velocity >= 8 && velocity <= 126).toBe(true);
  }
});
