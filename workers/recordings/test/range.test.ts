import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowsRange, type ByteRange, matchesNoneMatch, parseRange } from "../src/range.ts";

const SEED = 9110;

/** RFC 9110 §14.1.2 as it reads: every position is asked whether the range has it. Positions may be huge. */
function modelOf(first: bigint | null, last: bigint | null, size: number): ByteRange {
  if (first === null && last === null) return { kind: "whole" };
  if (first !== null && last !== null && last < first) return { kind: "whole" };
  const wanted = Array.from({ length: size }, (_, position) => position).filter((position) =>
    first === null
      ? last !== null && BigInt(size - position) <= last
      : BigInt(position) >= first && (last === null || BigInt(position) <= last),
  );
  return wanted.length === 0
    ? { kind: "unsatisfiable" }
    : { kind: "part", offset: Math.min(...wanted), length: wanted.length };
}

const position = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt(0n, 70n) },
  { weight: 1, arbitrary: fc.bigInt(2n ** 53n - 3n, 2n ** 53n + 3n) },
  { weight: 2, arbitrary: fc.bigInt(0n, 10n ** 40n) },
);
const written = fc.tuple(position, fc.nat(20)).map(([value, zeros]) => ({
  value,
  text: "0".repeat(zeros) + value,
}));
const end = fc.option(written, { nil: null });

describe("a Range header", () => {
  it("asks for exactly the bytes that RFC 9110 says, whatever the numbers and the file's size", () => {
    fc.assert(
      fc.property(end, end, fc.integer({ min: 1, max: 64 }), (first, last, size) => {
        const header = `bytes=${first?.text ?? ""}-${last?.text ?? ""}`;
        expect(parseRange(header, size), header).toEqual(
          modelOf(first?.value ?? null, last?.value ?? null, size),
        );
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });

  it("never leads outside of the file, whatever it says", () => {
    const pieces = fc.constantFrom(
      "bytes",
      "BYTES",
      "=",
      "-",
      "0",
      "7",
      "99",
      ",",
      " ",
      "items",
      "1e3",
      "+",
      "٣",
    );
    const header = fc.oneof(
      fc.string(),
      fc.array(pieces).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(header, fc.nat(100), (text, size) => {
        const range = parseRange(text, size);
        if (range.kind !== "part") return;
        expect(range.offset).toBeGreaterThanOrEqual(0);
        expect(range.length).toBeGreaterThan(0);
        expect(range.offset + range.length).toBeLessThanOrEqual(size);
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });

  it.each([
    ["the first 100 bytes", "bytes=0-99", { kind: "part", offset: 0, length: 100 }],
    ["the last 100", "bytes=-100", { kind: "part", offset: 900, length: 100 }],
    ["all from 990 on", "bytes=990-", { kind: "part", offset: 990, length: 10 }],
    ["one byte", "bytes=0-0", { kind: "part", offset: 0, length: 1 }],
    ["the last byte", "bytes=999-999", { kind: "part", offset: 999, length: 1 }],
    ["more than there is at the end", "bytes=990-5000", { kind: "part", offset: 990, length: 10 }],
    ["a longer end than the file", "bytes=-5000", { kind: "part", offset: 0, length: 1000 }],
    ["the unit in capitals", "Bytes=1-2", { kind: "part", offset: 1, length: 2 }],
    ["what lies just past the end", "bytes=1000-", { kind: "unsatisfiable" }],
    ["what lies far past the end", `bytes=${"9".repeat(400)}-`, { kind: "unsatisfiable" }],
    ["the last 0 bytes", "bytes=-0", { kind: "unsatisfiable" }],
  ] as const)("understands %s", (_what, header, expected) => {
    expect(parseRange(header, 1000)).toEqual(expected);
  });

  it.each([
    ["no header", null],
    ["an empty one", ""],
    ["another unit", "items=0-5"],
    ["no numbers", "bytes=-"],
    ["ends in the wrong order", "bytes=5-4"],
    ["negative numbers", "bytes=-5--3"],
    ["fractions", "bytes=0.5-3"],
    ["letters", "bytes=a-z"],
    ["digits of another script", "bytes=٠-٩"],
    ["several ranges, which aren't served", "bytes=0-1,5-6"],
  ])("means the whole file with %s", (_what, header) => {
    expect(parseRange(header, 1000)).toEqual({ kind: "whole" });
  });
});

const ETAG = `"${"ab".repeat(32)}"`;

describe("If-None-Match", () => {
  it.each([
    ["the tag itself", ETAG],
    ["a weak form of it", `W/${ETAG}`],
    ["anything at all", "*"],
    ["anything at all, with space around", " * "],
    ["a list with it last", `"other", W/"third", ${ETAG}`],
    ["a list with a weak form of it and no spaces", `"other",W/${ETAG}`],
  ])("is met by %s", (_what, header) => {
    expect(matchesNoneMatch(header, ETAG)).toBe(true);
  });

  it.each([
    ["no header", null],
    ["an empty one", ""],
    ["another tag", '"other"'],
    ["the tag without its quotes", ETAG.slice(1, -1)],
    ["a part of the tag", `${ETAG.slice(0, 10)}"`],
    ["a list of others", '"other", W/"third"'],
    ["a star among tags", '"other", *'],
  ])("isn't met by %s", (_what, header) => {
    expect(matchesNoneMatch(header, ETAG)).toBe(false);
  });
});

describe("If-Range", () => {
  const modified = new Date("2026-11-23T09:30:15.678Z");

  it.each([
    ["no condition", null],
    ["the tag itself", ETAG],
    ["the date of Last-Modified", "Mon, 23 Nov 2026 09:30:15 GMT"],
  ])("lets the range be honoured with %s", (_what, header) => {
    expect(allowsRange(header, ETAG, modified)).toBe(true);
  });

  it.each([
    ["another tag", '"other"'],
    ["a weak form of the tag: it must match strongly", `W/${ETAG}`],
    ["an earlier date", "Mon, 23 Nov 2026 09:30:14 GMT"],
    ["a later date", "Mon, 23 Nov 2026 09:30:16 GMT"],
    ["something else", "yesterday"],
    ["nothing in it", ""],
  ])("has the whole file sent with %s", (_what, header) => {
    expect(allowsRange(header, ETAG, modified)).toBe(false);
  });
});
