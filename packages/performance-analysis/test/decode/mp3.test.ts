import { describe, expect, test } from "vitest";
import { bytes, id3, zeros } from "../container/build.ts";
import { indexOf, overwritten } from "./files.ts";
import { decoded, delayOf, difference, fixture, refused } from "./run.ts";
import { performance } from "./signal.ts";

const FILE = fixture("vbr-joint-stereo.mp3");
const CONSTANT = fixture("cbr-mono.mp3");
/** Bytes of the frame that holds the encoder's tag. */
const TAG_FRAME = frameLengths(FILE)[0];

/** By the table of MPEG 1 layer III at 44.1 kHz. */
function frameLengths(file: Uint8Array): number[] {
  const rates = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
  const lengths: number[] = [];
  for (let at = 0; at + 4 <= file.length && file[at] === 0xff; at += lengths.at(-1) ?? 1) {
    lengths.push(Math.floor((144_000 * rates[file[at + 2] >> 4]) / 44_100) + ((file[at + 2] >> 1) & 1));
  }
  return lengths;
}

describe("MP3", () => {
  test("10 MB of tags in front are skipped without being read", async () => {
    const { mono, reads, bytesRead } = await decoded(bytes(id3(10_000_000), FILE));
    expect(difference(mono, (await decoded(FILE)).mono)).toBe("same");
    expect(reads).toBeLessThan(4);
    expect(bytesRead).toBeLessThan(1_100_000);
  });

  test("tags behind the sound aren't heard", async () => {
    const id3v1 = bytes("TAG", zeros(125));
    expect(difference((await decoded(bytes(FILE, id3v1))).mono, (await decoded(FILE)).mono)).toBe("same");
  });

  test("without the encoder's tag only the decoder's own delay is left out", async () => {
    const { mono } = await decoded(FILE.subarray(TAG_FRAME));
    const [left, right] = performance(2, 44_100);
    const source = left.map((sample, at) => (sample + right[at]) / 2);
    // LAME's delay of 576 samples stays.
    expect(delayOf(mono, source, 700)).toBe(576);
  });

  test("a second recording put behind the first is heard too", async () => {
    const { mono, damagedSpans } = await decoded(bytes(FILE, FILE));
    expect(mono.length).toBeGreaterThan(2 * 88_200 - 2000);
    expect(damagedSpans).toEqual([]);
  });

  test("a stream cut out of a longer one is no damaged one", async () => {
    const lengths = frameLengths(FILE);
    const start = lengths.slice(0, 20).reduce((sum, length) => sum + length, 0);
    const { damagedSpans, mono } = await decoded(FILE.subarray(start));
    expect(damagedSpans).toEqual([]);
    expect(mono.length).toBeGreaterThan((lengths.length - 22) * 1152);
  });

  test("an encoder's count of a hundred hours isn't believed of two seconds", async () => {
    const lying = FILE.slice();
    const info = indexOf(lying, "Xing") >= 0 ? indexOf(lying, "Xing") : indexOf(lying, "Info");
    new DataView(lying.buffer).setUint32(info + 8, 13_800_000);
    const { truncated, durationSeconds, decodedSeconds } = await decoded(lying);
    expect(truncated).toBe(false);
    expect(durationSeconds).toBe(decodedSeconds);
    expect(durationSeconds).toBeCloseTo(2, 1);
  });

  test("a file cut off late is decoded up to there", async () => {
    const { truncated, mono, durationSeconds } = await decoded(FILE.subarray(0, FILE.length - 8000));
    expect({ truncated, durationSeconds }).toEqual({ truncated: true, durationSeconds: 2 });
    expect(mono.length).toBeGreaterThan(44_100);
    expect(difference(mono, (await decoded(FILE)).mono.subarray(0, mono.length))).toBe("same");
  });

  test.each([
    ["overwritten", (file: Uint8Array) => overwritten(file, 3000, 700)],
    [
      "with zeros in it",
      (file: Uint8Array) => bytes(file.subarray(0, 3000), zeros(700), file.subarray(3700)),
    ],
  ])("a file %s in the middle goes on at its place, and names the gap", async (_, damage) => {
    const { mono, damagedSpans } = await decoded(damage(CONSTANT));
    const original = await decoded(CONSTANT);
    expect(mono).toHaveLength(original.mono.length);
    expect(damagedSpans).toHaveLength(1);
    const [span] = damagedSpans;
    expect(span.end - span.start).toBeGreaterThan(0.1);
    expect(span.end - span.start).toBeLessThan(0.4);
    const last = Math.ceil((span.end + 0.06) * 22_050);
    expect(difference(mono.subarray(last), original.mono.subarray(last))).toBe("same");
  });

  test("no burst comes out of damaged bits", async () => {
    for (let start = 2000; start < 20_000; start += 600) {
      const { peak } = await decoded(overwritten(FILE, start, 60));
      expect(peak.reduce((a, b) => Math.max(a, b))).toBeLessThan(3.5);
    }
  });

  test("a ZIP archive behind a valid frame header is refused with a sentence", async () => {
    const zip = overwritten(zeros(60_000), 0, 60_000);
    zip.set(bytes([0xff, 0xfb, 0x90, 0x04], "PK\x03\x04"));
    const error = await refused(zip);
    expect(error.code).toBe("DAMAGED");
    expect(error.message).toMatch(/no sound can be found/);
  });

  test("MPEG layer II is refused by its name", async () => {
    const header = [0xff, 0xfd, 0x80, 0x04];
    // 128 kbit/s at 44.1 kHz.
    const frames = Array.from({ length: 5 }, () => bytes(header, zeros(417 - 4)));
    const error = await refused(bytes(...frames));
    expect(error).toMatchObject({ code: "UNSUPPORTED_CODEC" });
    expect(error.message).toMatch(/layer II /);
  });
});
