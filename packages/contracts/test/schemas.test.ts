import * as v from "valibot";
import { describe, expect, test } from "vitest";
import {
  AuditQuerySchema,
  CallerSchema,
  DIMENSIONS,
  DimensionReadingSchema,
  entriesFor,
  INTERPRETIVE_DIMENSIONS,
  PERCEPTUAL_SCALES,
  TECHNICAL_DIMENSIONS,
  TimestampSchema,
} from "../src/index.ts";

describe("the dimensions", () => {
  test("are twelve, six of technique and six of interpretation, and the scales nineteen, all different", () => {
    expect(TECHNICAL_DIMENSIONS).toHaveLength(6);
    expect(INTERPRETIVE_DIMENSIONS).toHaveLength(6);
    expect(new Set(DIMENSIONS).size).toBe(12);
    expect(new Set(PERCEPTUAL_SCALES).size).toBe(19);
  });

  test("make an object in which each is required and nothing else is allowed", () => {
    const schema = v.strictObject(entriesFor(DIMENSIONS, v.number()));
    const all = Object.fromEntries(DIMENSIONS.map((name) => [name, 1]));
    expect(v.is(schema, all)).toBe(true);
    expect(v.is(schema, { ...all, volume: 1 })).toBe(false);
    for (const name of DIMENSIONS) {
      const { [name]: _left, ...others } = all;
      expect(v.is(schema, others)).toBe(false);
    }
  });

  test.each([
    [0, true],
    [100, true],
    [null, true],
    [-0.1, false],
    [100.1, false],
    [Number.NaN, false],
    [undefined, false],
  ])("a score of %s is one: %s", (score, expected) => {
    expect(v.is(DimensionReadingSchema, { score, uncertainty: 3, basis: "both", reason: null })).toBe(
      expected,
    );
  });
});

describe("an instant on the wire", () => {
  test("is UTC to the millisecond, as Date writes it", () => {
    expect(v.is(TimestampSchema, new Date(0).toISOString())).toBe(true);
  });

  test.each([
    "2026-11-23",
    "2026-11-23T10:00:00Z",
    "2026-11-23T10:00:00.000+01:00",
    "2026-11-23T10:00:00.000Z\n",
  ])("isn't %j", (text) => {
    expect(v.is(TimestampSchema, text)).toBe(false);
  });
});

describe("the query of the audit log", () => {
  test("asks for a hundred entries by default", () => {
    expect(v.parse(AuditQuerySchema, {})).toEqual({ limit: 100 });
  });

  test.each([{ limit: "0" }, { limit: "501" }, { user_id: "" }, { user_id: "a b" }, { page: "2" }])(
    "refuses %j",
    (query) => {
      expect(v.is(AuditQuerySchema, query)).toBe(false);
    },
  );
});

describe("a caller", () => {
  const CALLER = { userId: "clara", role: "user", requestId: "request-1", traceparent: "" };

  test("has an id and one of two roles, and nothing that isn't known", () => {
    expect(v.is(CallerSchema, CALLER)).toBe(true);
    expect(v.is(CallerSchema, { ...CALLER, role: "root" })).toBe(false);
    expect(v.is(CallerSchema, { ...CALLER, userId: "../clara" })).toBe(false);
    expect(v.is(CallerSchema, { ...CALLER, admin: true })).toBe(false);
  });
});
