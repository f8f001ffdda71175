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

/** A melody over broken chords for 8 s, with rests of half a second that part it as speech is parted. */
const PHRASE_NOTES = Array.from({ length: 22 }, (_, index) => ({
  time: 0.1 + index * 0.32 + (index >= 11 ? 0.5 : 0),
  pitch: index % 4 === 0 ? [72, 74, 76, 77, 79, 77][index / 4] : [48, 55, 52, 55][index % 4],
  level: -14 - Math.abs((index % 16) - 8) / 2,
  length: 0.3,
}));
const PHRASE = renderPiano(PHRASE_NOTES, 8.2);
/** Two phrases: 16.4 s. */
const PLAYING = inTurn(PHRASE, PHRASE);
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
    expectNothingSaidOf(analysis, 16.4 + BREATH, 16.4 + 2 * BREATH + SPOKEN);
  });

  test("hasn't paused for as long as the remark between two attempts took", async () => {
    const analysis = await hear(inTurn(SILENCE, PLAYING, SILENCE, VOICE, SILENCE, PLAYING));
    expect(findingsOf(analysis, "talk")).toHaveLength(1);
    expect(findingsOf(analysis, "pause")).toEqual([]);
    // The rests within the phrases stay.
    expect(analysis.measurements.pauses.filter(({ start, end }) => end - start > 1)).toEqual([]);
  });

  test("is told of no place where the voice lies over the playing: notes can't be taken out from under it", async () => {
    const sung = PLAYING.slice();
    VOICE.forEach((sample, index) => {
      sung[4 * RATE + index] += 0.2 * sample;
    });
    expect(findingsOf(await hear(inTurn(SILENCE, sung)), "talk")).toEqual([]);
  });

  test("is told of both remarks, however long the silence between them, by the seconds that were spoken", async () => {
    const pause = new Float32Array(20 * RATE);
    const analysis = await hear(inTurn(SILENCE, VOICE, pause, VOICE, SILENCE, PLAYING));
    const [talk] = findingsOf(analysis, "talk");
    expect(talk.evidence["places"]).toBe(2);
    expect(talk.evidence["spoken_seconds"]).toBeLessThan(2 * SPOKEN + 1);
    expect(talk.end - talk.start).toBeLessThan(SPOKEN + 1);
  });

  test("whose playing is overloaded is told so, and whose voice only is not", async () => {
    const loud = (sound: Float32Array) => sound.map((sample) => Math.max(-1, Math.min(1, sample * 12)));
    const quiet = 0.3 * RATE;
    const gap = new Float32Array(quiet);
    const playing = await hear(inTurn(SILENCE, loud(VOICE), gap, loud(PLAYING)));
    expect(findingsOf(playing, "clipping")).not.toEqual([]);
    const voice = await hear(inTurn(SILENCE, loud(VOICE), SILENCE, PLAYING));
    expect(findingsOf(voice, "talk")).toHaveLength(1);
    expect(findingsOf(voice, "clipping")).toEqual([]);
  });
});

describe("somebody who breaks off, speaks and begins again", () => {
  /** Broken chords on roots that don't come again, and the `from`th to `to`th note of them, the first after 0.1 s. */
  const CHORDS = [48, 53, 50, 55, 45, 52, 47, 43].flatMap((root) => [root, root + 7, root + 12, root + 16]);
  const part = (from: number, to: number) =>
    renderPiano(
      CHORDS.slice(from, to).map((pitch, index) => ({
        time: 0.1 + 0.32 * index,
        pitch,
        level: -14,
        length: 0.3,
      })),
      0.5 + 0.32 * (to - from),
    );

  test("is told where he began again, whether or not the remark took so many beats", async () => {
    for (const breath of [0.8, 0.88, 0.96]) {
      const rest = new Float32Array(breath * RATE);
      const broken = inTurn(SILENCE, part(0, 17));
      const analysis = await hear(inTurn(broken, rest, VOICE, rest, part(9, 32)));
      expect(findingsOf(analysis, "talk")).toHaveLength(1);
      const [restart, ...others] = findingsOf(analysis, "restart");
      expect(others).toEqual([]);
      expect(Math.abs(restart.end - (broken.length / RATE + 2 * breath + SPOKEN + 0.1))).toBeLessThan(0.3);
      expect(restart.evidence["repeated_notes"]).toBeGreaterThanOrEqual(6);
    }
  });

  test("isn't told of a restart where he goes on after the remark", async () => {
    const analysis = await hear(inTurn(SILENCE, part(0, 17), SILENCE, VOICE, SILENCE, part(17, 32)));
    expect(findingsOf(analysis, "talk")).toHaveLength(1);
    expect(findingsOf(analysis, "restart")).toEqual([]);
  });
});

test("an announcement of little more than a second is no part of the first passage", async () => {
  // Without the silence before and after it.
  const word = speech(1.6).subarray(0.2 * RATE, 1.45 * RATE);
  const analysis = await hear(inTurn(word, new Float32Array(0.3 * RATE), PLAYING));
  const [talk] = findingsOf(analysis, "talk");
  expect(talk.end).toBeLessThan(2);
  expect(analysis.sections[0]?.start).toBeGreaterThanOrEqual(talk.end);
  expectNothingSaidOf(analysis, 0, 1.2);
});

test("playing without a word isn't told of one", async () => {
  expect(findingsOf(await hear(PLAYING), "talk")).toEqual([]);
});
