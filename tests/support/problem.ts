import { ERRORS, type ErrorCode, type ProblemDetails, ProblemDetailsSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { expect } from "vitest";

/** What of an answer tells a problem: a `Response`, or what came over a raw socket. */
export interface AnswerLike {
  readonly status: number;
  readonly headers: Headers;
  json(): Promise<unknown>;
}

/** Expects a problem of this code, with every member that problem details have, and gives it. */
export async function expectProblem(answer: AnswerLike, code: ErrorCode): Promise<ProblemDetails> {
  const body = await answer.json();
  expect.soft(answer.status, JSON.stringify(body)).toBe(ERRORS[code].status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const problem = v.parse(ProblemDetailsSchema, body);
  expect(problem).toMatchObject({
    type: `/docs#error-${code}`,
    title: ERRORS[code].title,
    status: ERRORS[code].status,
    error: code,
    detail: problem.message,
  });
  expect(problem.request_id).not.toBe("");
  expect(problem.request_id).toBe(answer.headers.get("x-request-id"));
  expect(problem.message).toMatch(/^\S.*\.$/s);
  return problem;
}

/** The headers that every answer must carry, whatever it is. */
const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
} as const;

/** Expects the headers of every answer, and none that is only for the inside of the mesh. */
export function expectSafeHeaders({ headers }: Pick<AnswerLike, "headers">): void {
  expect(Object.fromEntries(headers)).toMatchObject(SECURITY_HEADERS);
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(headers.get("x-request-id")).toMatch(/^[A-Za-z0-9][A-Za-z0-9_.:-]{7,127}$/);
  expect(headers.get("vary")).toContain("Origin");
  expect([...headers.keys()].filter((name) => name.startsWith("x-crescendai-"))).toEqual([]);
}
