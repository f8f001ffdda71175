import { describe, expect, it } from "vitest";
import { AAC_LC, box, bytes, ftyp, HE_AAC, largeBox, m4a, mdat, moov, u32be, zeros } from "./build.ts";
import { accepted, probe, refused } from "./run.ts";

const SECONDS = (100 * 1024) / 44_100;

describe("an M4A file", () => {
  it("is described by its sound track", () => {
    expect(accepted(m4a())).toEqual({
      format: "m4a",
      mimeType: "audio/mp4",
      extension: "m4a",
      durationSeconds: SECONDS,
      sampleRate: 44_100,
      channels: 2,
      codec: "mp4a.40.2",
      incomplete: false,
    });
  });

  it.each(["M4A ", "M4B ", "mp42", "mp41", "isom", "iso4", "qt  ", "dash", "3gp4", "MSNV"])(
    "may be of brand %s",
    (brand) => {
      expect(accepted(bytes(ftyp(brand), moov(), mdat())).format).toBe("m4a");
    },
  );

  it("may have its index at the end, album art of a megabyte, 64-bit sizes and padding", () => {
    const files = [
      bytes(ftyp(), mdat(), moov()),
      bytes(ftyp(), moov({ art: 1_000_000, long: true }), box("free", zeros(5)), mdat()),
      bytes(ftyp(), box("wide"), largeBox("mdat", zeros(40_000)), moov()),
      bytes(ftyp(), moov(), u32be(0), "mdat", zeros(40_000)),
      bytes(box("wide"), mdat(), moov()),
    ];
    for (const file of files)
      expect(accepted(file)).toMatchObject({ durationSeconds: SECONDS, incomplete: false });
  });

  it("lasts as long as its edit list shows", () => {
    expect(accepted(m4a({ edit: { duration: 2000, start: 1024 } })).durationSeconds).toBe(2);
  });

  it("names its codec", () => {
    expect(accepted(m4a({ config: HE_AAC })).codec).toBe("mp4a.40.5");
    expect(accepted(m4a({ config: AAC_LC, entry: "enca" })).codec).toBe("enca");
    expect(accepted(m4a({ entry: "alac" })).codec).toBe("alac");
  });

  it("in fragments lasts as long as they do", () => {
    const trex = box("trex", bytes(u32be(0), u32be(7), u32be(1), u32be(1024), zeros(8)));
    const movie = moov({ samples: 0 });
    const whole = bytes(movie, box("mvex", trex));
    whole.set(u32be(whole.length));
    const traf = (...parts: Uint8Array[]) =>
      box("moof", box("traf", box("tfhd", bytes(u32be(0), u32be(7))), ...parts));
    const byDefault = traf(box("trun", bytes(u32be(0), u32be(40))));
    const byList = traf(box("trun", bytes(u32be(0x100), u32be(2), u32be(1000), u32be(24))));
    expect(accepted(bytes(ftyp(), whole, byDefault, mdat(), byList, mdat())).durationSeconds).toBe(
      (41 * 1024) / 44_100,
    );
  });

  it("cut off in its sound is accepted for what is there, and says so", () => {
    const value = accepted(m4a().slice(0, -20_000));
    expect(value.incomplete).toBe(true);
    expect(value.durationSeconds).toBeCloseTo(SECONDS / 2, 3);
  });

  it("whose index is missing or cut, or with almost no sound, is refused as unfinished", () => {
    const files = [
      ftyp(),
      bytes(ftyp(), mdat()),
      bytes(ftyp(), mdat()).slice(0, 1000),
      bytes(ftyp(), mdat(), moov()).slice(0, -50),
      bytes(ftyp(), moov()),
      m4a().slice(0, -39_000),
    ];
    for (const file of files) expect(refused(file)).toMatchObject({ code: "TRUNCATED" });
  });

  it("without a sound track, or a picture in the same boxes, is refused", () => {
    expect(refused(m4a({ handler: "vide" })).message).toContain("no sound track");
    expect(refused(bytes(ftyp("heic"), zeros(100))).message).toContain("picture");
  });

  it("that claims more time than its bytes can hold is refused", () => {
    const entry = box("sowt", bytes(zeros(16), [0, 2, 0, 16], zeros(4), [0xac, 0x44, 0, 0]));
    const stsd = box("stsd", bytes(u32be(0), u32be(1)), entry);
    const mdhd = box("mdhd", bytes(zeros(12), u32be(1), u32be(2 ** 31), zeros(4)));
    const hdlr = box("hdlr", bytes(zeros(8), "soun", zeros(13)));
    const trak = box("trak", box("mdia", mdhd, hdlr, box("minf", box("stbl", stsd))));
    expect(refused(bytes(ftyp(), box("moov", trak), mdat())).code).toBe("DAMAGED");
  });

  it("of boxes in boxes or of empty boxes costs no stack and little time", () => {
    let nested = box("moov");
    for (let depth = 0; depth < 300; depth++) nested = box(depth % 2 ? "moov" : "trak", nested);
    expect(probe(bytes(ftyp(), nested)).ok).toBe(false);
    const empty = new Uint8Array(8_000_000);
    for (let at = 0; at < empty.length; at += 8) empty.set([0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65], at);
    expect(probe(bytes(ftyp(), empty)).ok).toBe(false);
  });
});
