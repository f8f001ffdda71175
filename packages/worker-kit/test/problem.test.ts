import { ERROR_CODES, ERRORS, ProblemDetailsSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { ERROR_CODE_HEADER, jsonResponse, problemResponse } from "../src/index.ts";

describe("a problem", () => {
  test.each(ERROR_CODES)("%s has its status, its title and every member of the contract", async (code) => {
    const response = problemResponse({ code, message: "It went wrong." }, "request-1");
    expect(response.status).toBe(ERRORS[code].status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get(ERROR_CODE_HEADER)).toBe(code);
    const body: unknown = await response.json();
    expect(v.is(ProblemDetailsSchema, body)).toBe(true);
    expect(body).toEqual({
      type: `/docs#error-${code}`,
      title: ERRORS[code].title,
      status: ERRORS[code].status,
      detail: "It went wrong.",
      error: code,
      message: "It went wrong.",
      request_id: "request-1",
    });
  });

  test("names the fields that are wrong", async () => {
    const errors = [{ path: "goals.0", message: "must not be empty" }];
    const response = problemResponse({ code: "VALIDATION_ERROR", message: "No.", errors }, "request-1");
    expect(await response.json()).toMatchObject({ errors });
  });

  test("says which methods there are, and when to try again in whole seconds", () => {
    const wrongMethod = problemResponse(
      { code: "METHOD_NOT_ALLOWED", message: "No.", allow: ["GET", "HEAD"] },
      "",
    );
    expect(wrongMethod.headers.get("allow")).toBe("GET, HEAD");
    const tooMany = problemResponse({ code: "RATE_LIMIT_EXCEEDED", message: "No.", retryAfter: 1.2 }, "");
    expect(tooMany.headers.get("retry-after")).toBe("2");
  });

  test("has neither of these headers where they say nothing", () => {
    const response = problemResponse({ code: "NOT_FOUND", message: "No." }, "");
    expect(["allow", "retry-after", "www-authenticate"].filter((name) => response.headers.has(name))).toEqual(
      [],
    );
  });

  test("says how to present credentials where they are wanted", () => {
    const response = problemResponse({ code: "UNAUTHORIZED", message: "No." }, "");
    expect(response.headers.get("www-authenticate")).toBe('Bearer realm="crescendai"');
  });

  test("puts nothing else of an error on the wire", async () => {
    const error = {
      code: "DATABASE_ERROR" as const,
      message: "Please try again.",
      cause: new Error("no such table: secrets"),
      stack: "at openDatabase (database.ts:1)",
      retryAfter: 1,
    };
    const text = await problemResponse(error, "request-1").text();
    expect(text).not.toMatch(/secrets|stack|database\.ts|retryAfter/);
  });
});

describe("a JSON answer", () => {
  test("is one caller's: no shared cache keeps it", async () => {
    const response = jsonResponse({ a: 1 }, 202, { "retry-after": "3" });
    expect(response.status).toBe(202);
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "application/json",
      "cache-control": "no-store",
      "retry-after": "3",
    });
    expect(await response.json()).toEqual({ a: 1 });
  });
});
