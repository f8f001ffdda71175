import { UploadMetadataSchema } from "@crescendai/contracts";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { baseName } from "../src/filename.ts";

const FALLBACK = "recording.wav";

describe("the name of a file", () => {
  it.each([
    ["take.wav", "take.wav"],
    ["/home/clara/take.wav", "take.wav"],
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\clara\\take.wav", "take.wav"],
    ["mixed/path\\take.wav", "take.wav"],
    ["  take one.wav ", "take one.wav"],
    ["🎹 Träumerei (Op. 15, 7).wav", "🎹 Träumerei (Op. 15, 7).wav"],
    [".hidden.wav", ".hidden.wav"],
    ["..wav", "..wav"],
    ["", FALLBACK],
    [".", FALLBACK],
    ["..", FALLBACK],
    ["...", FALLBACK],
    ["a/..", FALLBACK],
    ["recordings/", FALLBACK],
    ["C:\\", FALLBACK],
    ["/ ", FALLBACK],
  ])("%j is kept as %j", (given, kept) => {
    expect(baseName(given, FALLBACK)).toBe(kept);
  });

  it("never leads anywhere, whatever was sent", () => {
    const piece = fc.constantFrom("/", "\\", ".", "..", " ", "a", "🎹", "C:", "take.wav");
    const names = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.array(piece).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(names, (name) => {
        const kept = baseName(name, FALLBACK);
        expect(kept).not.toMatch(/[/\\]/);
        expect(["", ".", ".."]).not.toContain(kept);
        expect(name.includes(kept) || kept === FALLBACK).toBe(true);
        expect(baseName(kept, FALLBACK)).toBe(kept);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  it.each(["\0", "a\0.wav", "a\nb.wav", "a\r\nX-Header: b", "\u007f.wav", "\u0085.wav", "\ud800.wav", ""])(
    "is refused if it is %j",
    (originalName) => {
      const metadata = { originalName, size: 1, type: "audio/wav" };
      expect(v.safeParse(UploadMetadataSchema, metadata).success).toBe(false);
    },
  );
});
