import { expect, test } from "vitest";
import { compress, limit, peakOf } from "../../src/render/microphone/dynamics.ts";
import { filter, highPass, lowPass, peaking } from "../../src/render/microphone/filters.ts";
import {
  drawAnyDevice,
  drawGoodDevice,
  drawPhone,
  recordOn,
} from "../../src/render/microphone/microphone.ts";
import { drawNoise, makeNoise, power } from "../../src/render/microphone/noise.ts";
import { createRandom } from "../../src/render/random.ts";
import { halveRate } from "../../src/render/resample.ts";

const RATE = 44_100;

function sine(frequency: number, amplitude = 1, seconds = 0.5): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    { length: seconds * RATE },
    (_, i) => amplitude * Math.sin((2 * Math.PI * frequency * i) / RATE),
  );
}

/** Level in dB of the second half, against a sine at full scale. */
function settledLevel(sound: Float32Array): number {
  return 10 * Math.log10(2 * power(sound.subarray(sound.length / 2)));
}

test.each([
  ["a high-pass takes 24 dB two octaves below", highPass(200, RATE), 50, -24],
  ["a high-pass leaves what's two octaves above", highPass(200, RATE), 800, 0],
  ["a low-pass takes 24 dB two octaves below its half", lowPass(1000, RATE), 4000, -24],
  ["a low-pass is 3 dB down where it is set", lowPass(1000, RATE), 1000, -3],
  ["an equaliser raises as asked", peaking(1000, 6, 1, RATE), 1000, 6],
  ["an equaliser leaves what's far away", peaking(1000, 6, 1, RATE), 60, 0],
])("%s", (_, section, frequency, expected) => {
  const sound = sine(frequency);
  filter(sound, [section]);
  expect(Math.abs(settledLevel(sound) - expected)).toBeLessThan(0.6);
});

test("halving the rate keeps what 22.05 kHz can hold and removes the rest", () => {
  expect(Math.abs(settledLevel(halveRate(sine(9000))))).toBeLessThan(0.1);
  // The end of the tone is an edge, which has all frequencies.
  expect(settledLevel(halveRate(sine(13_000)).subarray(0, 0.2 * RATE))).toBeLessThan(-70);
});

test("a compressor brings loud and soft together, and not the wrong way round", () => {
  const sound = Float32Array.from([...sine(500, 0.1), ...sine(500, 1)]);
  compress([sound], { threshold: -30, ratio: 4, attack: 0.005, release: 0.05 }, RATE);
  const soft = settledLevel(sound.subarray(0, sound.length / 2));
  const loud = settledLevel(sound.subarray(sound.length / 2));
  expect(loud - soft).toBeGreaterThan(3);
  expect(loud - soft).toBeLessThan(8);
});

test("limits hold: hard ones exactly, soft ones within a quarter", () => {
  const [hard, soft] = [sine(500), sine(500)];
  limit(hard, 0.5, false);
  limit(soft, 0.5, true);
  expect(peakOf([hard])).toBeCloseTo(0.5, 6);
  expect(peakOf([soft])).toBeGreaterThan(0.55);
  expect(peakOf([soft])).toBeLessThanOrEqual(0.625);
});

test("noise has power 1, whatever it's mixed of", () => {
  for (let i = 0; i < 20; i++) {
    const random = createRandom(`noise ${i}`);
    expect(power(makeNoise(drawNoise(random, 70, 30), RATE, RATE, random))).toBeCloseTo(1, 3);
  }
});

test.each([
  ["good recorder", drawGoodDevice],
  ["telephone", drawPhone],
  ["any device", drawAnyDevice],
])("a %s records at its own peak level, in its channels, the same for the same seed", (_, draw) => {
  for (let i = 0; i < 12; i++) {
    const device = draw(createRandom(`device ${i}`));
    const sound = { left: sine(440, 0.3), right: sine(880, 0.2) };
    const record = () => recordOn(device, sound, RATE, createRandom("noise"));
    const channels = record();
    expect(channels).toHaveLength(device.channels);
    expect(20 * Math.log10(peakOf(channels))).toBeCloseTo(device.peak, 3);
    expect(record()).toEqual(channels);
  }
});

test("noise is as far below the playing as asked", () => {
  const random = createRandom("quiet");
  const device = {
    ...drawGoodDevice(random),
    equaliser: [],
    channels: 1,
    noise: { ...drawNoise(random, 60, 30), signalToNoise: 30 },
  } as const;
  const silent = { left: new Float32Array(RATE), right: new Float32Array(RATE) };
  const tone = sine(1000, 0.5, 1);
  const playing = {
    left: Float32Array.from([...tone, ...silent.left]),
    right: Float32Array.from([...tone, ...silent.right]),
  };
  const [recorded] = recordOn(device, playing, RATE, createRandom("noise"));
  if (recorded === undefined) throw new Error("no channel");
  const level = (from: number, to: number) =>
    10 * Math.log10(power(recorded.subarray(from * RATE, to * RATE)));
  expect(Math.abs(level(0.2, 1) - level(1.2, 2) - 30)).toBeLessThan(1.5);
});
