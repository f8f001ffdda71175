import { describe, expect, it } from "vitest";
import { bytes, flac, flacFrame, id3, zeros } from "./build.ts";
import { accepted, refused } from "./run.ts";

const TOTAL = 200 * 4096 - 1000;

describe("a FLAC file", () => {
  it("is described by its STREAMINFO", () => {
    expect(accepted(flac(200, TOTAL))).toEqual({
      format: "flac",
      mimeType: "audio/flac",
      extension: "flac",
      durationSeconds: TOTAL / 44_100,
      sampleRate: 44_100,
      channels: 2,
      codec: "flac",
      incomplete: false,
    });
  });

  it("may have a picture, and an ID3 tag in front", () => {
    expect(accepted(bytes(id3(3000), flac(200, TOTAL, 500_000)))).toMatchObject({
      format: "flac",
      durationSeconds: TOTAL / 44_100,
    });
  });

  it("from an encoder that couldn't seek back lasts as long as its frames", () => {
    expect(accepted(flac(200, 0)).durationSeconds).toBe((200 * 4096) / 44_100);
  });

  it("cut off late, even if damaged before, is accepted for what is there", () => {
    const damaged = flac(50, TOTAL).fill(0, 3000, 3300);
    expect(accepted(damaged)).toMatchObject({ durationSeconds: (49 * 4096) / 44_100, incomplete: true });
  });

  it("cut off in its header, before its first frame or within a second is refused", () => {
    for (const length of [4, 20, 42, 46, 47, 400]) {
      expect(refused(flac(200, TOTAL).slice(0, length))).toMatchObject({ code: "TRUNCATED" });
    }
  });

  it("with something else in place of frames is refused", () => {
    expect(refused(bytes(flac(0, TOTAL), zeros(9000)))).toMatchObject({ code: "DAMAGED" });
    expect(flacFrame(3).length).toBe(106);
  });
});
