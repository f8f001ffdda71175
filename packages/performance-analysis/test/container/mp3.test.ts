import { describe, expect, it } from "vitest";
import { bytes, id3, MP3_HEADER, mp3Frame, mp3Frames, u32le, xingFrame, zeros } from "./build.ts";
import { accepted, refused } from "./run.ts";

const FRAME_SECONDS = 1152 / 44_100;

describe("an MP3 file", () => {
  it("lasts as long as its frames", () => {
    expect(accepted(mp3Frames(100))).toMatchObject({
      format: "mp3",
      mimeType: "audio/mpeg",
      codec: "mp3",
      sampleRate: 44_100,
      channels: 2,
      durationSeconds: (100 * 1152) / 44_100,
      incomplete: false,
    });
  });

  it("with a LAME tag lasts without the encoder's delay and padding", () => {
    const { durationSeconds } = accepted(bytes(xingFrame(100, 576, 1000), mp3Frames(100)));
    expect(durationSeconds).toBeCloseTo((100 * 1152 - 1576) / 44_100, 9);
  });

  it("may have tags before and behind, of any version and size", () => {
    const ape = bytes(
      "APETAGEX",
      u32le(2000),
      u32le(100_000),
      u32le(1),
      u32le(0xa000_0000),
      zeros(8),
      new Uint8Array(100_000).fill(0xff),
    );
    const file = bytes(
      id3(1_500_000, 2),
      zeros(3000),
      id3(77, 4, 0x10),
      mp3Frames(100),
      ape,
      "TAG",
      zeros(125),
    );
    expect(accepted(file).durationSeconds).toBeCloseTo(100 * FRAME_SECONDS, 9);
  });

  it("may be MPEG 2, half the rate and half the samples", () => {
    const frames = Array.from({ length: 50 }, () => mp3Frame([0xff, 0xf3, 0x80, 0xc4], 208));
    expect(accepted(bytes(...frames))).toMatchObject({
      sampleRate: 22_050,
      channels: 1,
      durationSeconds: (50 * 576) / 22_050,
    });
  });

  it("may begin with rubbish, and be damaged in the middle", () => {
    const file = bytes(
      new Uint8Array(999).fill(0xaa),
      mp3Frames(60),
      zeros(5000),
      "\xff\xfb\x90\x04junk",
      mp3Frames(60),
    );
    expect(accepted(file).durationSeconds).toBeCloseTo(120 * FRAME_SECONDS, 9);
  });

  it("cut off late is accepted for what is there, and says so", () => {
    const file = bytes(xingFrame(1000, 576, 1000), mp3Frames(100), mp3Frame().slice(0, 200));
    const value = accepted(file);
    expect(value.incomplete).toBe(true);
    expect(value.durationSeconds).toBeCloseTo((100 * 1152 - 576) / 44_100, 9);
  });

  it("cut off in its tag or its first frames is refused", () => {
    for (const file of [id3(5000).slice(0, 900), id3(5000), mp3Frames(1), mp3Frames(2).slice(0, 800)]) {
      expect(refused(file)).toMatchObject({ code: "TRUNCATED" });
    }
  });

  it("isn't what has only a frame header in front of other bytes", () => {
    const zip = bytes(
      MP3_HEADER,
      "PK\x03\x04",
      new Uint8Array(5000).map((_, at) => (at * at * 31) >> 3),
    );
    expect(refused(zip)).toMatchObject({ code: "UNSUPPORTED_FORMAT" });
    expect(refused(bytes(mp3Frames(3), new Uint8Array(50_000).fill(0x55)))).toMatchObject({
      code: "DAMAGED",
    });
    expect(refused(bytes(id3(100), new Uint8Array(50_000).fill(0x55)))).toMatchObject({ code: "DAMAGED" });
  });

  it("of layer II or in the free format is refused by its name", () => {
    const layer2 = Array.from({ length: 9 }, () => mp3Frame([0xff, 0xfd, 0x80, 0x04], 417));
    expect(refused(bytes(...layer2)).message).toContain("layer II ");
    expect(refused(mp3Frame([0xff, 0xfb, 0x00, 0x04], 4000)).message).toContain("free format");
  });
});
