import { type Analysis, DIMENSIONS } from "@crescendai/contracts";
import { beforeAll, describe, expect, test } from "vitest";
import { findingsOf, hear } from "../helpers.ts";
import { renderPiano } from "../piano.ts";
import { speech } from "./sounds.ts";

const RATE = 22_050;
/** Seconds of speech, and of silence around it. */
const SPOKEN = 4;
const BREATH = 0.8;
/** Points by which a score may differ because a stretch begins elsewhere in the frames. */
const SAME = 3;

/** A melody over broken chords for 16 s. */
const PLAYING = renderPiano(
  Array.from({ length: 48 }, (_, index) => ({
    time: 0.1 + index * 0.32,
    pitch: index % 4 === 0 ? [72, 74, 76, 77, 79, 77, 76, 74][(index / 4) % 8] : [48, 55, 52, 55][index % 4],
    level: -14 - (index % 16 < 8 ? 8 - (index % 16) : (index % 16) - 8) / 2,
    length: 0.3,
  })),
  16,
);
const VOICE = speech(SPOKEN);
const SILENCE = new Float32Array(BREATH * RATE);

function inTurn(...sounds: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(sounds.reduce((sum, { length }) => sum + length, 0));
  sounds.reduce((at, sound) => {
    joined.set(sound, at);
    return at + sound.length;
  }, 0);
  return joined;
}

function expectSameScores(analysis: Analysis, alone: Analysis): void {
  for (const dimension of DIMENSIONS) {
    const expected = alone.dimensions[dimension].score;
    const score = analysis.dimensions[dimension].score;
    if (expected === null || score === null) expect(score, dimension).toBe(expected);
    else expect(Math.abs(score - expected), dimension).toBeLessThanOrEqual(SAME);
  }
}

/** Nothing is said of the seconds from one to the other, but that somebody speaks. */
function expectNothingSaidOf(analysis: Analysis, from: number, to: number): void {
  const said = analysis.findings.filter(
    ({ kind, start, end }) => kind !== "talk" && start >= from - 0.5 && end <= to + 0.5,
  );
  expect(said).toEqual([]);
}

describe("somebody who speaks and then plays", () => {
  let alone: Analysis;
  beforeAll(async () => {
    alone = await hear(inTurn(SILENCE, PLAYING));
  });

  test("is judged by the playing alone, and told which seconds were left out", async () => {
    const analysis = await hear(inTurn(SILENCE, VOICE, SILENCE, PLAYING));
    expect(analysis.heard).toBe("music");
    const [talk] = findingsOf(analysis, "talk");
    expect(talk.start).toBeLessThan(BREATH + 1);
    expect(talk.end).toBeGreaterThan(BREATH + SPOKEN - 1.5);
    expect(talk.end).toBeLessThan(BREATH + SPOKEN + BREATH);
    expectSameScores(analysis, alone);
    expectNothingSaidOf(analysis, 0, BREATH + SPOKEN);
  });

  test("is judged by the playing alone when the remark comes after it", async () => {
    const analysis = await hear(inTurn(SILENCE, PLAYING, SILENCE, VOICE, SILENCE));
    expect(findingsOf(analysis, "talk")).toHaveLength(1);
    expectSameScores(analysis, alone);
    expectNothingSaidOf(analysis, 16 + BREATH, 16 + 2 * BREATH + SPOKEN);
  });

  test("hasn't paused for as long as the remark between two attempts took", async () => {
    const analysis = await hear(inTurn(SILENCE, PLAYING, SILENCE, VOICE, SILENCE, PLAYING));
    expect(findingsOf(analysis, "talk")).toHaveLength(1);
    expect(findingsOf(analysis, "pause")).toEqual([]);
    expect(analysis.measurements.pauses).toEqual([]);
    expectSameScores(analysis, alone);
  });

  test("is judged as before where the voice lies over the playing", async () => {
    const sung = PLAYING.slice();
    VOICE.forEach((sample, index) => {
      sung[3 * RATE + index] += 0.3 * sample;
    });
    expect(findingsOf(await hear(inTurn(SILENCE, sung)), "talk")).toEqual([]);
  });
});

test("playing without a word isn't told of one", async () => {
  expect(findingsOf(await hear(PLAYING), "talk")).toEqual([]);
});
