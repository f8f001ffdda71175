/// <reference types="node" />
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type WavOptions, wavFile } from "../piano.ts";
import references from "./fixtures/references.json" with { type: "json" };
import { decoded, delayOf, fixture, signalToNoise } from "./run.ts";
import { performance } from "./signal.ts";

function source(seconds: number, rate: number): Float32Array {
  const [left, right] = performance(seconds, rate);
  return left.map((sample, at) => (sample + right[at]) / 2);
}

/** Frames that only the codec's packaging adds: a fragmented file doesn't say where its recording ends. */
const UNSTATED_LENGTH = new Set(["fragmented.m4a"]);

describe("every format", () => {
  test.each(references)("$name sounds as another decoder hears it, to 80 dB", async (reference) => {
    const { mono } = await decoded(fixture(reference.name));
    const bytes = Uint8Array.from(atob(reference.samples), (char) => char.charCodeAt(0));
    const expected = Array.from(new Int16Array(bytes.buffer), (sample) => sample / 32_768);
    const picked = Float32Array.from(expected, (_, index) => mono[index * reference.step]);
    expect(signalToNoise(picked, expected)).toBeGreaterThan(60);
    // Rounding to 16 bits is all the difference that there is.
    for (const [index, sample] of expected.entries()) {
      expect(Math.abs(picked[index] - sample)).toBeLessThan(0.6 / 32_768);
    }
  });

  test.each(references.filter(({ name }) => !UNSTATED_LENGTH.has(name)))(
    "$name begins and ends where the recording did, to the sample",
    async ({ name, frames, sampleRate }) => {
      const { mono, decodedSeconds, durationSeconds } = await decoded(fixture(name));
      expect(mono).toHaveLength(frames);
      expect(decodedSeconds).toBe(frames / sampleRate);
      expect(durationSeconds).toBe(decodedSeconds);
      expect(delayOf(mono, source(frames / sampleRate, sampleRate), 60)).toBe(0);
    },
  );

  test.each(references)("$name names its format, rate and channels", async ({ name, sampleRate }) => {
    const { format, truncated, capped, damagedSpans } = await decoded(fixture(name));
    expect(format).toMatchObject({ format: name.split(".").at(-1), sampleRate });
    expect(format.channels).toBe(/mono|frag/.test(name) ? 1 : 2);
    expect({ truncated, capped, damagedSpans }).toEqual({
      truncated: false,
      capped: false,
      damagedSpans: [],
    });
  });

  test("peak is the larger channel, where mono is the mean", async () => {
    const [left, right] = performance(2, 44_100);
    const { peak } = await decoded(fixture("stereo.m4a"));
    const expected = left.map((sample, at) => Math.max(Math.abs(sample), Math.abs(right[at])));
    expect(signalToNoise(peak, expected)).toBeGreaterThan(12);
    expect(peak.reduce((a, b) => Math.max(a, b))).toBeCloseTo(
      expected.reduce((a, b) => Math.max(a, b)),
      1,
    );
  });

  test("decoding stops at the greatest length asked for, and says how long the whole is", async () => {
    for (const { name, frames, sampleRate } of references) {
      const { mono, capped, truncated, durationSeconds } = await decoded(fixture(name), { maxSeconds: 0.1 });
      expect(mono).toHaveLength(Math.round(0.1 * sampleRate));
      expect({ capped, truncated }).toEqual({ capped: true, truncated: false });
      expect(durationSeconds).toBeGreaterThan(frames / sampleRate - 0.001);
      expect(durationSeconds).toBeLessThan(frames / sampleRate + 0.1);
    }
  });
});

describe("FLAC", () => {
  test("gives back every bit: the checksum that the encoder left agrees", async () => {
    const file = fixture("mono-24.flac");
    const { mono } = await decoded(file);
    const bytes = new Uint8Array(mono.length * 3);
    mono.forEach((sample, at) => {
      const value = Math.round(sample * 2 ** 23);
      bytes.set([value & 255, (value >> 8) & 255, (value >> 16) & 255], 3 * at);
    });
    // STREAMINFO ends with the MD5 of the samples (RFC 9639 section 8.2).
    expect(createHash("md5").update(bytes).digest("hex")).toBe(
      Buffer.from(file.subarray(26, 42)).toString("hex"),
    );
  });
});

describe("WAV", () => {
  const sound = source(0.2, 44_100);
  const frames = sound.length;

  test.each<[string, WavOptions, number]>([
    ["8-bit mono", { bits: 8 }, 0.6 / 128],
    ["16-bit stereo", { channels: 2 }, 0.6 / 32_768],
    ["24-bit stereo, extensible", { bits: 24, channels: 2, extensible: true }, 1e-7],
    ["32-bit integers", { bits: 32 }, 1e-7],
    ["32-bit floats", { bits: 32, float: true }, 0],
    ["64-bit floats, six channels", { bits: 64, float: true, channels: 6 }, 1e-7],
    [
      "24-bit mono behind odd chunks",
      {
        bits: 24,
        extraChunks: [
          ["LIST", 13],
          ["JUNK", 28],
        ],
      },
      1e-7,
    ],
    ["8-bit at 8 kHz", { bits: 8, sampleRate: 8000 }, 0.6 / 128],
  ])("%s gives back its samples", async (_, options, tolerance) => {
    const { mono } = await decoded(wavFile(sound, { sampleRate: 44_100, ...options }));
    expect(mono).toHaveLength(frames);
    for (let at = 0; at < frames; at += 1)
      expect(Math.abs(mono[at] - sound[at])).toBeLessThanOrEqual(tolerance);
  });

  test.each<[string, WavOptions, { truncated: boolean; frames: number }]>([
    ["left open", { dataSize: 0xffff_ffff }, { truncated: false, frames }],
    ["never filled in", { dataSize: 0 }, { truncated: false, frames }],
    ["of a recorder that can't seek back", { dataSize: 0x7fff_f000 }, { truncated: false, frames }],
    ["larger than the file", { dataSize: 1_000_000 }, { truncated: true, frames }],
    ["a little smaller", { dataSize: 2 * (frames - 100) }, { truncated: false, frames: frames - 100 }],
    ["plainly too small", { dataSize: 1000 }, { truncated: false, frames }],
  ])("a length that is %s is seen through", async (_, options, expected) => {
    const { mono, truncated, damagedSpans } = await decoded(wavFile(sound, options));
    expect({ truncated, frames: mono.length }).toEqual(expected);
    expect(damagedSpans).toEqual([]);
  });
});
