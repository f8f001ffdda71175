import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { ERROR_CODES, ERRORS, failed, ok, ProblemDetailsSchema } from "../src/index.ts";

describe("the error codes", () => {
  test("are exactly those that have a status and a title, each once", () => {
    expect([...ERROR_CODES].sort()).toEqual(Object.keys(ERRORS).sort());
    expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
  });

  test("have the statuses of the contract", () => {
    const statuses = Object.fromEntries(ERROR_CODES.map((code) => [code, ERRORS[code].status]));
    expect(statuses).toEqual({
      VALIDATION_ERROR: 400,
      UNAUTHORIZED: 401,
      FORBIDDEN: 403,
      NOT_FOUND: 404,
      METHOD_NOT_ALLOWED: 405,
      CONFLICT: 409,
      PAYLOAD_TOO_LARGE: 413,
      UNSUPPORTED_MEDIA_TYPE: 415,
      RATE_LIMIT_EXCEEDED: 429,
      DATABASE_ERROR: 500,
      STORAGE_ERROR: 500,
      INTERNAL_ERROR: 500,
      CONFIGURATION_ERROR: 500,
      AI_SERVICE_ERROR: 502,
      SERVICE_UNAVAILABLE: 503,
    });
  });

  test("have titles that differ, so that they tell something", () => {
    const titles = ERROR_CODES.map((code) => ERRORS[code].title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe("problem details", () => {
  const PROBLEM = {
    type: "/docs#error-NOT_FOUND",
    title: "There is no such thing",
    status: 404,
    detail: "There is nothing here.",
    error: "NOT_FOUND",
    message: "There is nothing here.",
    request_id: "request-1",
  };

  test("have the members that the web client reads, and no code", () => {
    expect(v.is(ProblemDetailsSchema, PROBLEM)).toBe(true);
    expect(v.is(ProblemDetailsSchema, { ...PROBLEM, code: 404 })).toBe(false);
    expect(v.is(ProblemDetailsSchema, { ...PROBLEM, error: "OUT_OF_TUNE" })).toBe(false);
    expect(v.is(ProblemDetailsSchema, { ...PROBLEM, message: undefined })).toBe(false);
  });
});

describe("a result", () => {
  test("is a value or an error, told apart by ok, and crosses a structured clone whole", () => {
    expect(structuredClone(ok(7))).toEqual({ ok: true, value: 7 });
    expect(structuredClone(failed({ code: "CONFLICT", message: "no" }))).toEqual({
      ok: false,
      error: { code: "CONFLICT", message: "no" },
    });
  });
});
