import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_LOOK_AHEAD } from "../../src/container/byte-feed.ts";
import { createProbe } from "../../src/container/probe.ts";
import { bytes, flac, ftyp, id3, m4a, mdat, moov, mp3Frames, wav, xingFrame, zeros } from "./build.ts";
import { probe, refused } from "./run.ts";

/** Fixed, so that a failure can be had again: fast-check prints it with the counterexample. */
const SEED = 20_261_123;

const VALID: readonly (readonly [string, Uint8Array])[] = [
  ["wav", wav().slice(0, 200_000)],
  ["mp3", bytes(id3(500), xingFrame(60, 576, 1000), mp3Frames(30), zeros(700), mp3Frames(30))],
  ["m4a", m4a({ edit: { duration: 2000, start: 1024 } })],
  ["m4a with its index at the end", bytes(ftyp(), mdat(), moov({ art: 3000 }))],
  ["flac", flac(150, 0, 2000)],
];

describe("the probe", () => {
  it("answers the same for any chunking", () => {
    const file = fc.constantFrom(...VALID.map(([, content]) => content));
    const cut = fc.nat({ max: 60_000 });
    const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 9000 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(file, cut, sizes, (content, length, chunking) => {
        const part = length > 50_000 ? content : content.slice(0, length);
        expect(probe(part, chunking)).toEqual(probe(part, [part.length]));
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  it("has an answer, and a finite one, for damaged files", () => {
    const file = fc.constantFrom(...VALID.map(([, content]) => content));
    const damage = fc.array(fc.tuple(fc.nat({ max: 3000 }), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(file, damage, (content, changes) => {
        const mutated = content.slice();
        for (const [at, value] of changes) mutated[at] = value;
        const verdict = probe(mutated, [1000]);
        if (!verdict.ok) expect(verdict.error.message).toMatch(/\.$/);
        else {
          expect(Number.isFinite(verdict.value.durationSeconds) && verdict.value.durationSeconds > 0).toBe(
            true,
          );
          expect(verdict.value.channels).toBeGreaterThan(0);
        }
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it("refuses random bytes, whatever format they pretend to be", () => {
    const start = fc.constantFrom(
      "",
      "RIFF\xff\xff\xff\xffWAVE",
      "ID3\x03\0\0\0\0\0\0",
      "fLaC\0\0\0\x22",
      "\0\0\0\x10ftypM4A \0\0\0\0",
      "\xff\xfb\x90\x04",
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ minLength: 64, maxLength: 6000 }), (signature, rest) => {
        expect(probe(bytes(signature, rest)).ok).toBe(false);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("keeps none of the caller's bytes", () => {
    const file = m4a();
    const buffer = new Uint8Array(777);
    const judge = createProbe();
    for (let at = 0; at < file.length; at += buffer.length) {
      const part = file.subarray(at, at + buffer.length);
      buffer.set(part);
      judge.push(buffer.subarray(0, part.length));
      buffer.fill(0xee);
    }
    expect(judge.finish()).toEqual(probe(file));
    expect(MAX_LOOK_AHEAD).toBeLessThanOrEqual(64 * 1024);
  });

  it.each([
    ["wav", wav(), 12],
    ["flac", flac(9, 0), 12],
    ["m4a", m4a(), 12],
    ["mp3", id3(9999), 12],
  ] as const)("knows %s by its first dozen bytes", (format, file, length) => {
    const judge = createProbe();
    judge.push(file.subarray(0, length));
    expect(judge.format).toBe(format);
    expect(judge.failure).toBe(null);
  });

  it("refuses early, and stays with it", () => {
    const judge = createProbe();
    judge.push(bytes("\x89PNG\r\n\x1a\n", zeros(100)));
    expect(judge.failure?.message).toContain("PNG");
    judge.push(wav());
    expect(judge.finish()).toEqual({ ok: false, error: judge.failure });
  });

  it("calls an empty file empty", () => {
    expect(refused(zeros(0)).code).toBe("EMPTY");
  });

  it.each([
    ["\x89PNG\r\n\x1a\n\0\0\0", "PNG"],
    ["\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"],
    ["GIF89a\x01\0", "GIF"],
    ["%PDF-1.7\n", "PDF"],
    ["PK\x03\x04\x14\0", "ZIP"],
    [`OggS\0${"\0".repeat(23)}OpusHead`, "Opus"],
    ["\x1a\x45\xdf\xa3\x9f", "WebM"],
    ["FORM\0\0\0\0AIFFCOMM", "AIFF"],
    ["#!AMR\n\x3c", "AMR"],
    ["MThd\0\0\0\x06\0\x01", "MIDI"],
    ["caff\0\x01\0\0", "CAF"],
    ["\xff\xf1\x50\x80\x02\x1f\xfc\0\0\0", "AAC"],
    ["\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMA"],
    ["RIFF\0\0\0\0AVI LIST", "AVI"],
    ["<!DOCTYPE html><html>", "web page"],
    ["<?xml version='1.0'?><score-partwise/>", "XML"],
    ["Dear teacher, here is my recording", "text file"],
    ["\x01\x02\x03\x04", "isn't a sound file"],
  ])("refuses %j by the name of what it is", (start, name) => {
    const failure = refused(
      bytes(start, name === "web page" || name === "text file" || name === "XML" ? "\n" : zeros(99)),
    );
    expect(failure.code).toBe("UNSUPPORTED_FORMAT");
    expect(failure.message).toContain(name);
    expect(failure.message).toContain("Send the recording as WAV, MP3, M4A or FLAC.");
  });
});
