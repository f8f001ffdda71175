import { describe, expect, test } from "vitest";
import { type Performance, readPerformance } from "../../src/render/performance.ts";
import { findAttack } from "../../src/render/pianos/attack.ts";
import { writePerformance } from "../../src/render/pianos/midi-file.ts";
import { PIANO_RATE, PLAIN_SETUP, type StereoSound } from "../../src/render/pianos/piano.ts";
import { playSamples, type Sample } from "../../src/render/pianos/sampler.ts";
import { SYNTHESISED } from "../../src/render/pianos/synthesised.ts";
import { createRandom } from "../../src/render/random.ts";
import { levelBetween, oneNote } from "./signals.ts";

/** A tone of 440 Hz that begins after 10 ms of silence and rings for four seconds, as a recorded key. */
const ATTACK = 441;
const TONE: Sample = {
  pitch: 69,
  attack: ATTACK,
  audio: Int16Array.from({ length: 2 * 4 * PIANO_RATE }, (_, i) => {
    const time = (Math.floor(i / 2) - ATTACK) / PIANO_RATE;
    return time < 0 ? 0 : 8000 * Math.cos(2 * Math.PI * 440 * time) * Math.exp(-time);
  }),
};

function sampled(performance: Performance): StereoSound {
  return playSamples(performance, PLAIN_SETUP, ({ velocity }) => ({
    sample: TONE,
    gain: velocity / 127 / 32_768,
  }));
}

function synthesised(performance: Performance): Promise<StereoSound> {
  return SYNTHESISED.render(performance, PLAIN_SETUP, createRandom("a piano"));
}

describe.each([
  ["recorded keys", sampled],
  ["the synthesised piano", synthesised],
])("%s", (_, render) => {
  test("sound where the key was struck, within 2 ms", async () => {
    const performance = oneNote(69, 80, 1);
    const { left } = await render(performance);
    expect(Math.abs(findAttack(left, 1) / PIANO_RATE - 0.1)).toBeLessThan(0.002);
  });

  test("are louder, the harder the touch", async () => {
    const levels = [];
    for (const velocity of [20, 50, 80, 110]) {
      levels.push(levelBetween(await render(oneNote(69, velocity, 1)), 0.1, 0.5));
    }
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    expect((levels[3] ?? 0) - (levels[0] ?? 0)).toBeGreaterThan(10);
  });

  test("stop when the key comes up, and ring on while the pedal is down", async () => {
    const dry = oneNote(69, 80, 2);
    const pedalled = {
      ...dry,
      pedal: [
        { time: 0, value: 127 },
        { time: 1.4, value: 0 },
      ],
    };
    const [short, long] = [await render(dry), await render(pedalled)];
    expect(levelBetween(short, 0.9, 1.3)).toBeLessThan(levelBetween(short, 0.2, 0.5) - 50);
    expect(levelBetween(long, 0.9, 1.3)).toBeGreaterThan(levelBetween(long, 0.2, 0.5) - 20);
    expect(levelBetween(long, 1.8, 1.95)).toBeLessThan(levelBetween(long, 0.9, 1.3) - 30);
  });

  test("are damped more slowly by a half pedal", async () => {
    const dry = oneNote(69, 80, 2);
    const half = { ...dry, pedal: [{ time: 0, value: 68 }] };
    const released = [await render(dry), await render(half)].map((sound) => levelBetween(sound, 0.6, 0.7));
    expect(released[1]).toBeGreaterThan((released[0] ?? 0) + 6);
  });
});

test("a recorded key is transposed to the pitch that's played", () => {
  const { left } = sampled(oneNote(70, 80, 1));
  let crossings = 0;
  for (let i = Math.round(0.15 * PIANO_RATE); i < 0.45 * PIANO_RATE; i++) {
    if (left[i] <= 0 && left[i + 1] > 0) crossings++;
  }
  expect(Math.abs(crossings / 0.3 - 466.16)).toBeLessThan(4);
});

test("the synthesised piano differs from render to render, and is the same for the same seed", async () => {
  const play = (seed: string) => SYNTHESISED.render(oneNote(60, 80, 0.6), PLAIN_SETUP, createRandom(seed));
  expect((await play("a")).left).toEqual((await play("a")).left);
  expect((await play("a")).left).not.toEqual((await play("b")).left);
});

test("a synthesiser gets notes with their times, the latency of each pitch taken off", () => {
  const performance: Performance = {
    notes: [
      { onset: 0, offset: 0.25, pitch: 40, velocity: 64 },
      { onset: 0.5, offset: 0.75, pitch: 80, velocity: 100 },
    ],
    pedal: [
      { time: 0.1, value: 63 },
      { time: 0.6, value: 66 },
    ],
    softPedal: [],
    duration: 0.75,
  };
  const latency = (pitch: number) => (pitch === 40 ? 0.02 : 0.005);
  const written = readPerformance(
    writePerformance(performance, PLAIN_SETUP, { bank: 0, program: 0 }, 0.25, latency),
  );
  expect(written.notes.map(({ onset, velocity }) => [onset.toFixed(3), velocity])).toEqual([
    ["0.230", 64],
    ["0.745", 100],
  ]);
  expect(written.notes[0]?.offset).toBeCloseTo(0.48, 3);
  // The switch is in the middle of the half-pedal range, 64.
  expect(written.pedal.map(({ value }) => value)).toEqual([0, 127]);
});
