import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PulseReading } from "../../src/music/pulse.ts";
import type { RunDeviation } from "../../src/music/runs.ts";
import { findTempoChange, fitTempoChange } from "../../src/music/tempo-change.ts";
import { fitRamp } from "../../src/signal/ramp.ts";
import { pseudoRandom } from "../piano.ts";

const SEED = 20_261;
/** No beats were followed. */
const UNFOLLOWED: PulseReading = {
  tempo: null,
  clarity: 0,
  deviation: null,
  drift: null,
  change: null,
  leastSteady: null,
  beats: [],
};

/** Running notes with these seconds from each to the next. */
function running(steps: readonly number[]): RunDeviation[] {
  let time = 0;
  return steps.map((step) => {
    time += step;
    return { time, deviation: 0, step };
  });
}

/** Steps from one length to another at a share of them, each strayed from by up to so much. */
function steps(from: number, to: number, at = 0.5, stray = 0, seed = 1): number[] {
  const random = pseudoRandom(seed);
  return Array.from(
    { length: 96 },
    (_, index) => (index < at * 96 ? from : to) * (1 + stray * (2 * random() - 1)),
  );
}

/** Beats at this tempo before and after the middle of so many seconds. */
function beating(before: number, after: number, seconds: number): PulseReading {
  const times: number[] = [0];
  for (let time = 0; time < seconds; times.push(time)) time += 60 / (time < seconds / 2 ? before : after);
  const middles = times.slice(1).map((time, index) => (time + times[index]) / 2);
  const tempi = times.slice(1).map((time, index) => 60 / (time - times[index]));
  const beats = times.map((time) => ({ time, supported: true }));
  return {
    ...UNFOLLOWED,
    tempo: before,
    clarity: 1,
    deviation: 0.01,
    change: fitRamp(middles, tempi),
    beats,
  };
}

describe("a change of tempo", () => {
  test("of a fifth is told exactly, by running notes alone and by beats that agree", () => {
    const runs = running(steps(0.24, 0.2));
    for (const pulse of [UNFOLLOWED, beating(62.5, 75, 21)]) {
      expect(findTempoChange(pulse, runs, 96)?.change).toBeCloseTo(0.2, 2);
    }
  });

  test("as large as from one note value to another is none, whatever each note alone could be", () => {
    // Each within 1.3 of the usual step, and 1.36 from each other.
    const runs = running(steps(0.19, 0.14));
    expect(fitTempoChange(UNFOLLOWED, runs, 96)?.change).toBeCloseTo(0.36, 1);
    expect(findTempoChange(UNFOLLOWED, runs, 96)).toBeNull();
  });

  test("that running notes show and followed beats don't is none", () => {
    const runs = running(steps(0.2, 0.225));
    expect(fitTempoChange(beating(75, 75.3, 20), runs, 96)?.change).toBeLessThan(-0.09);
    expect(Math.abs(findTempoChange(beating(75, 75.3, 20), runs, 96)?.change ?? 0)).toBeLessThan(0.01);
  });

  test("in the last notes alone is none: that is a closing ritardando", () => {
    expect(findTempoChange(UNFOLLOWED, running(steps(0.2, 0.24, 0.93)), 96)).toBeNull();
  });

  test("that is told is clear of its own error, however unevenly is played", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.82, max: 1.2, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.nat(1000),
        (ratio, stray, seed) => {
          const told = findTempoChange(UNFOLLOWED, running(steps(0.2, 0.2 * ratio, 0.5, stray, seed)), 96);
          if (told !== null) expect(Math.abs(told.change)).toBeGreaterThanOrEqual(2 * told.error);
        },
      ),
      { seed: SEED, numRuns: 60 },
    );
  });
});
