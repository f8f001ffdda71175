import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesAsSource } from "../../src/decode/byte-source.ts";
import { decodeAudio } from "../../src/decode/decode-audio.ts";
import { wavFile } from "../piano.ts";
import { decode, fixture, KERNEL, refused, SEED } from "./run.ts";

const FILES = [
  fixture("cbr-mono.mp3"),
  fixture("quarter-rate.mp3"),
  fixture("low-bitrate.m4a"),
  fixture("fragmented.m4a"),
  fixture("mono-24.flac"),
  wavFile(new Float32Array(4000).fill(0.1), { bits: 24, channels: 2 }),
];
const anyFile = fc.constantFrom(...FILES);

/** What holds of every file, however broken. */
async function expectSense(file: Uint8Array): Promise<void> {
  const { result, mono, peak, reads } = await decode(file);
  expect(peak).toHaveLength(mono.length);
  // No fixture has more than some seconds; sound can't grow out of damage.
  expect(mono.length).toBeLessThan(600_000);
  expect(mono.every((sample) => Math.abs(sample) < 20)).toBe(true);
  expect(reads).toBeLessThan(50);
  if (result.ok) {
    const { durationSeconds, decodedSeconds, damagedSpans, format } = result.value;
    expect(decodedSeconds).toBe(mono.length / format.sampleRate);
    expect(durationSeconds).toBeGreaterThanOrEqual(decodedSeconds);
    for (const { start, end } of damagedSpans)
      expect(start >= 0 && start < end && end <= decodedSeconds).toBe(true);
  } else {
    expect(result.error.message).toMatch(/^This .*\.$/s);
  }
}

describe("whatever the bytes, there is an answer", () => {
  test("for files cut off anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, fc.double({ min: 0, max: 1, noNaN: true }), async (file, share) => {
        await expectSense(file.subarray(0, Math.floor(share * file.length)));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  test("for files with flipped bits", async () => {
    const flips = fc.array(fc.tuple(fc.double({ min: 0, max: 0.9999, noNaN: true }), fc.nat({ max: 7 })), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(anyFile, flips, async (file, places) => {
        const damaged = file.slice();
        for (const [share, bit] of places) damaged[Math.floor(share * file.length)] ^= 1 << bit;
        await expectSense(damaged);
      }),
      { seed: SEED, numRuns: 120 },
    );
  });

  test("for files whose header is overwritten", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFile,
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.nat({ max: 1200 }),
        async (file, noise, offset) => {
          const damaged = file.slice();
          damaged.set(noise.subarray(0, Math.max(0, file.length - offset)), Math.min(offset, file.length));
          await expectSense(damaged);
        },
      ),
      { seed: SEED, numRuns: 120 },
    );
  });

  test("for noise behind the first bytes of a format", async () => {
    const heads = fc.constantFrom(
      "RIFF____WAVEfmt ",
      "fLaC",
      "ID3",
      "____ftypM4A ",
      "____moov",
      "\xff\xfb\x90\x04",
      "",
    );
    await fc.assert(
      fc.asyncProperty(heads, fc.uint8Array({ maxLength: 3000 }), async (head, noise) => {
        await expectSense(Uint8Array.of(...Array.from(head, (char) => char.charCodeAt(0)), ...noise));
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});

describe("the source", () => {
  test("may bring its bytes in pieces of any size: the sound is the same", async () => {
    const whole = await Promise.all(FILES.map((file) => decode(file)));
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: FILES.length - 1 }),
        fc.integer({ min: 700, max: 9000 }),
        async (index, most) => {
          const file = FILES[index];
          const source = {
            size: file.length,
            read: async (offset: number, length: number) =>
              file.subarray(offset, offset + Math.min(most, length)),
          };
          const mono: number[] = [];
          await decodeAudio(source, KERNEL, (block) => {
            for (const sample of block.mono) mono.push(sample);
          });
          expect(mono.length).toBe(whole[index].mono.length);
          expect(mono.every((sample, at) => sample === whole[index].mono[at])).toBe(true);
        },
      ),
      { seed: SEED, numRuns: 20 },
    );
  });

  test("that ends before its size says so is a file cut off", async () => {
    const file = fixture("cbr-mono.mp3");
    const source = {
      size: file.length,
      read: async (offset: number, length: number) => file.subarray(offset, Math.min(4000, offset + length)),
    };
    const result = await decodeAudio(source, KERNEL, () => undefined);
    expect(result).toMatchObject({ ok: true, value: { truncated: true } });
  });

  test("that fails makes decoding fail, and not the file", async () => {
    const source = { size: 1000, read: () => Promise.reject(new Error("the store is away")) };
    await expect(decodeAudio(source, KERNEL, () => undefined)).rejects.toThrow("the store is away");
  });

  test("is waited for, as is whoever takes the sound", async () => {
    const order: string[] = [];
    const result = await decodeAudio(bytesAsSource(fixture("stereo.m4a")), KERNEL, async ({ mono }) => {
      order.push("begun");
      await Promise.resolve();
      expect(mono.length).toBeLessThanOrEqual(44_100);
      order.push("ended");
    });
    expect(result.ok).toBe(true);
    expect(order).toEqual(["begun", "ended", "begun", "ended"]);
  });
});

describe("what isn't a recording", () => {
  const text = (content: string) => Uint8Array.from(content, (char) => char.charCodeAt(0));

  test.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(0), "EMPTY_RECORDING"],
    ["a WAV file without sound", wavFile(new Float32Array(0)), "EMPTY_RECORDING"],
    [
      "a text",
      text("Dear Sir or Madam, this is no recording at all, but a letter about one."),
      "UNSUPPORTED_FORMAT",
    ],
    ["a PNG picture", text("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "UNSUPPORTED_FORMAT"],
    ["a WAV file cut off in its header", wavFile(new Float32Array(9)).subarray(0, 30), "DAMAGED"],
    [
      "a WAV file of compressed sound",
      wavFile(new Float32Array(9)).map((byte, at) => (at === 20 ? 0x55 : byte)),
      "UNSUPPORTED_CODEC",
    ],
    ["a telephone's sample rate", wavFile(new Float32Array(9), { sampleRate: 4000 }), "UNSUPPORTED_CODEC"],
  ])("%s is refused with a code and a sentence", async (_, file, code) => {
    const error = await refused(file);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^This .*\.$/);
  });
});
