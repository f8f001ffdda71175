import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createWavDecoder } from "../src/decode/wav.ts";
import { createListener } from "../src/index.ts";
import { sine, type WavOptions, wavFile } from "./piano.ts";

const SEED = 20_261_123;

function decode(file: Uint8Array, chunk = file.length) {
  const mono: number[] = [];
  const decoder = createWavDecoder((block) => mono.push(...block.mono));
  for (let start = 0; start < file.length; start += chunk) decoder.push(file.subarray(start, start + chunk));
  return { mono, result: decoder.finish() };
}

const SOUND = sine(440, 0.05, 22_050);

describe("WAV", () => {
  test.each<[string, WavOptions, number]>([
    ["8-bit mono", { bits: 8 }, 1 / 127],
    ["16-bit stereo", { channels: 2 }, 1 / 32_000],
    ["24-bit stereo, extensible", { bits: 24, channels: 2, extensible: true }, 1e-6],
    ["32-bit integers", { bits: 32 }, 1e-6],
    ["32-bit floats", { bits: 32, float: true }, 1e-7],
    [
      "64-bit floats, extensible, six channels",
      { bits: 64, float: true, extensible: true, channels: 6 },
      1e-6,
    ],
    [
      "odd chunks before the data",
      {
        extraChunks: [
          ["LIST", 13],
          ["JUNK", 28],
          ["fact", 4],
        ],
      },
      1 / 32_000,
    ],
    ["a length left open", { dataSize: 0xffffffff }, 1 / 32_000],
    ["a length never filled in", { dataSize: 0 }, 1 / 32_000],
    ["24-bit mono of odd length", { bits: 24 }, 1e-6],
  ])("%s gives back its samples", (_, options, tolerance) => {
    const { mono, result } = decode(wavFile(SOUND, options));
    expect(result).toMatchObject({ ok: true, value: { frames: SOUND.length, truncated: false } });
    expect(mono).toHaveLength(SOUND.length);
    for (const [index, sample] of mono.entries()) {
      expect(Math.abs(sample - (SOUND[index] ?? 0))).toBeLessThanOrEqual(tolerance);
    }
  });

  test("any chunking gives the same samples", () => {
    const file = wavFile(SOUND, { bits: 24, channels: 2, extraChunks: [["LIST", 7]] });
    const whole = decode(file).mono;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (chunk) => {
        expect(decode(file, chunk).mono).toEqual(whole);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  test("a length beyond the end of the file is truncated, not an error", () => {
    const { mono, result } = decode(wavFile(SOUND, { dataSize: 1_000_000 }));
    expect(result).toMatchObject({ ok: true, value: { truncated: true } });
    expect(mono).toHaveLength(SOUND.length);
  });

  test.each<[string, Uint8Array, string]>([
    ["a PNG", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0), "NOT_WAV"],
    ["nothing", new Uint8Array(0), "NOT_WAV"],
    ["a file cut off in its header", wavFile(SOUND).subarray(0, 30), "DAMAGED_WAV"],
    ["a header without sound", wavFile(new Float32Array(0)), "EMPTY_RECORDING"],
    [
      "a compressed coding",
      wavFile(SOUND).map((byte, index) => (index === 20 ? 0x55 : byte)),
      "UNSUPPORTED_WAV",
    ],
    ["no channels", wavFile(SOUND).map((byte, index) => (index === 22 ? 0 : byte)), "UNSUPPORTED_WAV"],
  ])("%s is refused with a code and a sentence", (_, file, code) => {
    const listener = createListener();
    listener.push(file);
    const result = listener.finish();
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(!result.ok && result.error.message).toMatch(/\.$/);
  });

  test("whatever the bytes, the listener answers and never throws", () => {
    const file = wavFile(SOUND, { bits: 32, float: true });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat({ max: 60 }), (noise, offset) => {
        const damaged = file.slice();
        damaged.set(noise, Math.min(offset, damaged.length - noise.length));
        const listener = createListener();
        listener.push(damaged);
        const result = listener.finish();
        expect(result.ok ? Number.isFinite(result.value.duration) : result.error.code).toBeTruthy();
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
