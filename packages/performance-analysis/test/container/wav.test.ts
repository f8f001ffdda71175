import { describe, expect, it } from "vitest";
import { bytes, chunk, fmt, riff, TWO_SECONDS, u16le, u32le, wav, zeros } from "./build.ts";
import { accepted, refused } from "./run.ts";

describe("a WAV file", () => {
  it("is described by what its header says", () => {
    expect(accepted(wav())).toEqual({
      format: "wav",
      mimeType: "audio/wav",
      extension: "wav",
      durationSeconds: 2,
      sampleRate: 44_100,
      channels: 2,
      codec: "pcm_s16le",
      incomplete: false,
    });
  });

  it.each([
    [1, 8, "pcm_u8"],
    [1, 24, "pcm_s24le"],
    [1, 32, "pcm_s32le"],
    [3, 32, "pcm_f32le"],
    [3, 64, "pcm_f64le"],
  ])("may hold samples of format %i with %i bits", (format, bits, codec) => {
    const file = riff(fmt(format, 1, 8000, bits), chunk("data", zeros(bits * 1000)));
    expect(accepted(file)).toMatchObject({ codec, channels: 1, durationSeconds: 1 });
  });

  it("may be extensible", () => {
    const extension = bytes(u16le(22), u16le(24), u32le(3), u16le(1), zeros(14));
    const file = riff(fmt(0xfffe, 2, 48_000, 24, extension), chunk("data", zeros(288_000)));
    expect(accepted(file)).toMatchObject({ codec: "pcm_s24le", durationSeconds: 1 });
  });

  it("may have other chunks before and after its sound, of odd size too", () => {
    const file = riff(
      chunk("LIST", zeros(1001)),
      fmt(),
      chunk("JUNK", zeros(3)),
      chunk("data", TWO_SECONDS),
      chunk("id3 ", zeros(999)),
    );
    expect(accepted(file)).toMatchObject({ durationSeconds: 2, incomplete: false });
  });

  it.each([0, 0xffff_ffff, 0x7fff_f024])(
    "from a recorder that couldn't seek back (size %i) lasts to its end",
    (size) => {
      expect(accepted(riff(fmt(), chunk("data", TWO_SECONDS, size)))).toMatchObject({
        durationSeconds: 2,
        incomplete: false,
      });
    },
  );

  it("may be RF64", () => {
    const ds64 = chunk("ds64", bytes(zeros(8), u32le(TWO_SECONDS.length), zeros(12), zeros(4)));
    const file = riff(ds64, fmt(), chunk("data", TWO_SECONDS, 0xffff_ffff), chunk("LIST", zeros(400)));
    file.set(bytes("RF64"));
    expect(accepted(file).durationSeconds).toBe(2);
  });

  it("cut off late is accepted for what is there, and says so", () => {
    expect(accepted(riff(fmt(), chunk("data", TWO_SECONDS, 9_999_999)))).toMatchObject({
      durationSeconds: 2,
      incomplete: true,
    });
  });

  it("cut off in its first second, before its sound or in its header is refused", () => {
    for (const length of [4, 20, 40, 44, 45, 100_000]) {
      expect(refused(wav().slice(0, length))).toMatchObject({ code: "TRUNCATED" });
    }
  });

  it("whose header claims far less than there is is refused", () => {
    const loud = new Uint8Array(TWO_SECONDS.length).fill(0x90);
    expect(refused(riff(fmt(), chunk("data", loud, 1000)))).toMatchObject({ code: "DAMAGED" });
  });

  it("with compressed sound is refused by its name", () => {
    expect(refused(riff(fmt(6, 1, 8000, 8), chunk("data", zeros(8000))))).toMatchObject({
      code: "UNSUPPORTED_FORMAT",
      message: expect.stringContaining("A-law"),
    });
  });

  it("whose header contradicts itself is refused", () => {
    for (const file of [
      riff(chunk("data", TWO_SECONDS)),
      riff(fmt(1, 0), chunk("data", TWO_SECONDS)),
      riff(fmt(1, 2, 0), chunk("data", TWO_SECONDS)),
      riff(chunk("fmt ", zeros(4)), chunk("data", TWO_SECONDS)),
      riff(fmt(3, 2, 44_100, 16), chunk("data", TWO_SECONDS)),
      riff(chunk("\0\0\0\0", zeros(4)), fmt(), chunk("data", TWO_SECONDS)),
    ]) {
      expect(refused(file)).toMatchObject({ code: "DAMAGED" });
    }
  });
});
