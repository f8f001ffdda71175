import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { ListRecordingsQuerySchema } from "../src/index.ts";
import { SEED } from "./seed.ts";

function accepts(query: unknown): boolean {
  return v.safeParse(ListRecordingsQuerySchema, query).success;
}

describe("the query of the list of recordings", () => {
  test("says by default: the newest twenty", () => {
    expect(v.parse(ListRecordingsQuerySchema, {})).toEqual({
      page: 1,
      limit: 20,
      sort_by: "created_at",
      order: "desc",
    });
  });

  test("reads what is given", () => {
    const query = { page: "3", limit: "100", status: "completed", sort_by: "duration", order: "asc" };
    expect(v.parse(ListRecordingsQuerySchema, query)).toEqual({ ...query, page: 3, limit: 100 });
  });

  test.each([
    ["page", "0"],
    ["page", "-1"],
    ["page", "1.5"],
    ["page", ""],
    ["page", "one"],
    ["page", "1000001"],
    ["limit", "0"],
    ["limit", "101"],
    ["limit", "1000"],
    ["limit", "20; DROP TABLE recordings"],
    ["sort_by", "user_id;--"],
    ["sort_by", "user_id"],
    ["sort_by", "seq"],
    ["sort_by", ""],
    ["sort_by", "constructor"],
    ["order", "DESC"],
    ["order", "sideways"],
    ["status", "deleted"],
    ["status", ""],
    ["user_id", "bob"],
    ["offset", "10"],
  ])("refuses %s=%s", (name, value) => {
    expect(accepts({ [name]: value })).toBe(false);
  });
});

describe.each(["date_from", "date_to"])("%s of the list of recordings", (name) => {
  test.each([
    "2026-11-23",
    "2024-02-29",
    "2026-11-23T09:30Z",
    "2026-11-23T09:30:15Z",
    "2026-11-23T09:30:15.5Z",
    "2026-11-23T09:30:15.123Z",
    "2026-11-23T09:30:15.123+01:00",
    "2026-11-23T09:30:15-08:00",
    "2026-12-31T23:59:59.999+05:30",
  ])("may be %s", (instant) => {
    expect(accepts({ [name]: instant })).toBe(true);
  });

  test.each([
    ["a word", "yesterday"],
    ["nothing", ""],
    ["a date that doesn't exist", "2026-02-30"],
    ["29 February of a year without one", "2026-02-29"],
    ["31 April at a time", "2026-04-31T10:00:00Z"],
    ["30 February in another zone", "2026-02-30T10:00:00+02:00"],
    ["a thirteenth month", "2026-13-01"],
    ["day zero", "2026-01-00"],
    ["hour 25", "2026-01-01T25:00:00Z"],
    ["minute 60", "2026-01-01T10:60:00Z"],
    ["a leap second, which our clock has none of", "2016-12-31T23:59:60Z"],
    ["offset of 25 hours", "2026-01-01T10:00:00+25:00"],
    ["offset of 99 minutes", "2026-01-01T10:00:00+01:99"],
    ["a time without an offset, which is nobody's", "2026-11-23T09:30:00"],
    ["microseconds", "2026-11-23T09:30:00.123456Z"],
    ["a plus sign that a query has made a space", "2026-11-23T09:30:00 01:00"],
    ["a small z", "2026-11-23T09:30:00z"],
    ["a number of milliseconds", "1795600000000"],
    ["the American order", "11/23/2026"],
    ["a year of five digits", "12026-11-23"],
    ["more behind it", "2026-11-23Z; DROP TABLE recordings"],
    ["a line break behind it", "2026-11-23\n"],
  ])("isn't %s", (_, instant) => {
    expect(accepts({ [name]: instant })).toBe(false);
  });

  test("is taken exactly if the calendar has the day", () => {
    const days = fc.record({
      year: fc.integer({ min: 1970, max: 2200 }),
      month: fc.integer({ min: 0, max: 14 }),
      day: fc.integer({ min: 0, max: 33 }),
    });
    fc.assert(
      fc.property(days, ({ year, month, day }) => {
        const text = [year, month, day].map((part) => String(part).padStart(2, "0")).join("-");
        const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
        const exists = month >= 1 && month <= 12 && day >= 1 && day <= lastDay;
        expect(accepts({ [name]: text })).toBe(exists);
        expect(accepts({ [name]: `${text}T12:00:00.000Z` })).toBe(exists);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test("may be any instant as JavaScript writes it", () => {
    const instants = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2200-01-01") });
    fc.assert(
      fc.property(instants, (instant) => {
        expect(accepts({ [name]: instant.toISOString() })).toBe(true);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
