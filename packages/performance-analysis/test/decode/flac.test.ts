import { describe, expect, test } from "vitest";
import { bytes, id3 } from "../container/build.ts";
import { overwritten } from "./files.ts";
import { type FrameOptions, flacFile } from "./flac-file.ts";
import { decoded, difference, fixture, refused } from "./run.ts";

const FILE = fixture("stereo-16.flac");
const RAMP = Array.from({ length: 192 }, (_, at) => 64 * (at - 100));
/** Nothing that a predictor foretells: each coefficient has its part in what is left over. */
const BUMPY = Array.from({ length: 192 }, (_, at) => ((at * at * 37) % 401) - 200);

/** Bytes before the first frame, and of a frame of 192 samples stored as they are. */
const HEADER = 42;
const FRAME = 6 + 1 + 2 * 192 + 2;

describe("FLAC", () => {
  test.each<[string, FrameOptions, readonly number[]]>([
    ["samples as they are", { kind: "verbatim", samples: RAMP }, RAMP],
    ["one value for all", { kind: "constant", samples: new Array(192).fill(-77) }, new Array(192).fill(-77)],
    ["bits that are 0 throughout", { kind: "verbatim", samples: RAMP, wasted: 6 }, RAMP],
    ["residuals stored as they are", { kind: "escaped", samples: RAMP }, RAMP],
    ["a predictor of second order", { kind: "fixed", samples: RAMP }, RAMP],
    ...[1, 3, 7, 8, 9, 12, 32].map((order): [string, FrameOptions, readonly number[]] => [
      `a linear predictor of order ${order}`,
      {
        kind: "linear",
        samples: BUMPY,
        coefficients: Array.from({ length: order }, (_, lag) => ((5 * lag) % 7) - 2),
      },
      BUMPY,
    ]),
  ])("%s come back bit for bit", async (_, options, expected) => {
    const { mono } = await decoded(flacFile([options, options]));
    expect(Array.from(mono, (sample) => sample * 32_768)).toEqual([...expected, ...expected]);
  });

  test("a tag in front, as some programs put it there, is skipped", async () => {
    expect(difference((await decoded(bytes(id3(5000), FILE))).mono, (await decoded(FILE)).mono)).toBe("same");
  });

  test("a file cut off late is decoded up to there", async () => {
    const { truncated, mono, durationSeconds } = await decoded(FILE.subarray(0, FILE.length - 6000));
    expect({ truncated, durationSeconds }).toEqual({ truncated: true, durationSeconds: 0.5 });
    expect(mono.length).toBeGreaterThan(4000);
    expect(difference(mono, (await decoded(FILE)).mono.subarray(0, mono.length))).toBe("same");
  });

  test("a frame whose checksum is wrong is silence, without a click, and named", async () => {
    const frames = Array.from({ length: 9 }, () => ({ kind: "verbatim", samples: RAMP }) as const);
    const file = flacFile(frames);
    const { mono, damagedSpans } = await decoded(overwritten(file, HEADER + 4 * FRAME + 100, 20));
    const original = (await decoded(file)).mono;
    expect(mono).toHaveLength(original.length);
    expect(damagedSpans).toHaveLength(1);
    const [span] = damagedSpans;
    expect(span.end - span.start).toBeCloseTo(192 / 22_050, 6);
    // It fades over 5 ms from the last good sample, and back.
    const start = Math.round(span.start * 22_050);
    const end = Math.round(span.end * 22_050);
    expect(Math.abs(mono[start] - mono[start - 1])).toBeLessThan(0.01);
    expect(mono[start + 120]).toBe(0);
    expect(Math.abs(mono[end])).toBe(0);
    expect(difference(mono.subarray(end + 111), original.subarray(end + 111))).toBe("same");
  });

  test("a frame that is far beyond full scale, though its checksum is right, is damage too", async () => {
    const good: FrameOptions = { kind: "verbatim", samples: RAMP };
    const steep: FrameOptions = {
      kind: "fixed",
      samples: Array.from({ length: 192 }, (_, at) => 150 * at * at),
    };
    const { mono, damagedSpans } = await decoded(flacFile([good, good, good, steep, good, good, good]));
    expect(damagedSpans).toHaveLength(1);
    expect(mono.every((sample) => Math.abs(sample) < 1)).toBe(true);
  });

  test("a file that is mostly damage is refused", async () => {
    const frames = Array.from({ length: 9 }, () => ({ kind: "verbatim", samples: RAMP }) as const);
    const file = flacFile(frames);
    expect(await refused(overwritten(file, 500, 2400))).toMatchObject({ code: "DAMAGED" });
  });
});
