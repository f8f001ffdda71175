import { describe, expect, test } from "vitest";
import { bytes } from "../container/build.ts";
import { albumArt, gaplessTag, indexOf, overwritten, renamed, withInMoov, withMoovFirst } from "./files.ts";
import { decode, decoded, difference, fixture, refused, signalToNoise } from "./run.ts";

const FILE = fixture("stereo.m4a");

describe("M4A", () => {
  test("moov in front of the sound or behind it: the same sound", async () => {
    const behind = await decoded(FILE);
    const inFront = await decoded(withMoovFirst(FILE));
    expect(difference(inFront.mono, behind.mono)).toBe("same");
    expect(inFront.reads).toBe(1);
  });

  test("album art of 3 MB is passed over without being read", async () => {
    const file = withInMoov(FILE, albumArt(3_000_000));
    const { mono, bytesRead, reads } = await decoded(file);
    expect(difference(mono, (await decoded(FILE)).mono)).toBe("same");
    expect(reads).toBeLessThan(4);
    expect(bytesRead).toBeLessThan(file.length / 2);
  });

  test("without an edit list, iTunes' tag says where the recording begins and ends", async () => {
    const file = withInMoov(renamed(FILE, "edts", "free"), gaplessTag(1024, 100, 60_000));
    const { mono } = await decoded(file);
    const original = await decoded(FILE);
    expect(mono).toHaveLength(60_000);
    expect(difference(mono, original.mono.subarray(0, 60_000))).toBe("same");
  });

  test("a file cut off late is decoded up to there", async () => {
    const whole = withMoovFirst(FILE);
    const { truncated, mono, durationSeconds } = await decoded(whole.subarray(0, whole.length - 8000));
    expect(truncated).toBe(true);
    expect(durationSeconds).toBe(2);
    expect(difference(mono, (await decoded(FILE)).mono.subarray(0, mono.length))).toBe("same");
    expect(mono.length).toBeGreaterThan(44_100);
  });

  test("a fragmented file cut off late is decoded up to there", async () => {
    const whole = fixture("fragmented.m4a");
    const { truncated, mono } = await decoded(whole.subarray(0, whole.length - 5500));
    expect(truncated).toBe(true);
    expect(mono.length).toBeGreaterThan(32_000);
  });

  test("damage in the middle is silence of the same length, and named", async () => {
    const { mono, damagedSpans } = await decoded(overwritten(FILE, 14_000, 1500));
    const original = await decoded(FILE);
    expect(mono).toHaveLength(original.mono.length);
    expect(damagedSpans).toHaveLength(1);
    const [span] = damagedSpans;
    expect(span.end - span.start).toBeGreaterThan(0.05);
    expect(span.end - span.start).toBeLessThan(0.4);
    // What lies a frame away from the damage is at its place; only the noise that stands for noise is drawn anew.
    const last = Math.ceil((span.end + 0.1) * 44_100);
    expect(signalToNoise(mono.subarray(last), original.mono.subarray(last))).toBeGreaterThan(15);
    const first = Math.floor((span.start - 0.1) * 44_100);
    expect(difference(mono.subarray(0, first), original.mono.subarray(0, first))).toBe("same");
  });

  test("a file that is mostly damage is refused", async () => {
    expect(await refused(overwritten(FILE, 100, 20_000))).toMatchObject({ code: "DAMAGED" });
  });

  test.each<[string, Uint8Array, string, RegExp]>([
    ["Apple Lossless", renamed(FILE, "mp4a", "alac"), "UNSUPPORTED_CODEC", /Apple Lossless/],
    ["a bought song", renamed(FILE, "mp4a", "drms"), "PROTECTED", /copy-protected/],
    ["an encrypted file", renamed(FILE, "mp4a", "enca"), "PROTECTED", /copy-protected/],
    ["one never finished", FILE.subarray(0, 20_000), "DAMAGED", /never finished/],
    ["one without sound", renamed(FILE, "soun", "vide"), "DAMAGED", /no sound track/],
    ["HE-AAC", heAac(), "UNSUPPORTED_CODEC", /HE-AAC/],
    ["HE-AAC that its header conceals", hiddenHeAac(), "UNSUPPORTED_CODEC", /HE-AAC/],
  ])("%s is refused by name, with advice", async (_, file, code, words) => {
    const error = await refused(file);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(words);
    expect(error.message).toMatch(/upload|record/);
  });

  test("offsets that jump about cost no more reads than the limit", async () => {
    const file = FILE.slice();
    const view = new DataView(file.buffer);
    const table = indexOf(file, "stco") + 4;
    for (let entry = 0; entry < view.getUint32(table + 4); entry += 1) {
      view.setUint32(table + 8 + 4 * entry, entry % 2 === 0 ? 44 : 20_000);
    }
    const { reads } = await decode(file);
    expect(reads).toBeLessThan(10);
  });
});

/** The object type in the AudioSpecificConfig made SBR's. */
function heAac(): Uint8Array {
  const file = FILE.slice();
  const config = indexOf(file, "esds") + 39;
  // Five bits of object type: 2 becomes 5.
  expect(file[config] >> 3).toBe(2);
  file[config] = (5 << 3) | (file[config] & 7);
  return file;
}

/** Frames of nothing but a channel pair's silence and a fill element of spectral band replication. */
function hiddenHeAac(): Uint8Array {
  // SCE 0, tag 0, gain 0, long window, no band, no pulse, TNS, gain control; FIL of 2 bytes, SBR; END.
  const bits = `000${"0000"}${"00000000"}0000${"000000"}0000${"110"}${"0010"}${"1101"}${"0".repeat(12)}111`;
  const block = bytes(
    ...Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
      Number.parseInt(bits.slice(8 * at, 8 * at + 8).padEnd(8, "0"), 2),
    ),
  );
  const file = withMoovFirst(FILE).slice();
  const view = new DataView(file.buffer);
  const sizes = indexOf(file, "stsz") + 4;
  for (let sample = 0; sample < view.getUint32(sizes + 8); sample += 1) {
    view.setUint32(sizes + 12 + 4 * sample, block.length);
  }
  const chunks = indexOf(file, "stco") + 4;
  const count = view.getUint32(chunks + 4);
  const perChunk = view.getUint32(sizes + 8);
  for (let chunk = 0; chunk < count; chunk += 1) {
    const start = view.getUint32(chunks + 8 + 4 * chunk);
    for (let sample = 0; sample < perChunk; sample += 1) {
      const at = start + sample * block.length;
      if (at + block.length <= file.length) file.set(block, at);
    }
  }
  return file;
}
