import { parseRetryAfter } from "@crescendai/worker-kit";
import { APIError } from "dedalus-labs";
import * as v from "valibot";
import type { ProviderFailure } from "./failure.ts";
import { DISPENSABLE_PARAMETERS } from "./request-body.ts";
import { TooLateError } from "./time-limits.ts";

/** Statuses that may be others in a moment, besides 429 and those of 500 and above; 409 is a lock that others hold. */
const PASSING_STATUSES = new Set([408, 409, 425]);

/** Statuses that say that our key isn't known, isn't allowed to, or isn't paid for. */
const KEY_STATUSES = new Set([401, 402, 403]);

/** What an exception of the SDK, or of the connection under it, means. Nothing of its text is kept: it may quote anything. */
export function failureOf(cause: unknown, now: number): ProviderFailure {
  if (cause instanceof TooLateError) return { kind: cause.kind, reason: cause.message };
  if (cause instanceof SyntaxError) return { kind: "malformed", reason: "what it sent is not JSON" };
  if (!(cause instanceof APIError)) return { kind: "unavailable", reason: "the connection broke" };
  const status: unknown = cause.status;
  if (typeof status !== "number") return { kind: "unavailable", reason: "the connection failed" };
  const retryAfterMs = parseRetryAfter(readHeader(cause.headers, "retry-after"), now);
  return failureOfStatus(status, cause.error, retryAfterMs);
}

function failureOfStatus(status: number, body: unknown, retryAfterMs: number | undefined): ProviderFailure {
  const reason = `it answered ${status}`;
  const later = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 429) return { kind: "rate_limited", reason, ...later };
  if (status >= 500 || PASSING_STATUSES.has(status)) return { kind: "unavailable", reason, ...later };
  if (KEY_STATUSES.has(status)) return { kind: "misconfigured", reason };
  const parameter = refusedParameter(body);
  return { kind: "refused", reason, ...(parameter === undefined ? {} : { parameter }) };
}

/** Where an OpenAI-style error says what it is about: in `error`, or, where that was unwrapped, at the top. */
const ParameterSchema = v.object({ param: v.picklist(DISPENSABLE_PARAMETERS) });
const RefusalSchema = v.union([ParameterSchema, v.object({ error: ParameterSchema })]);

function refusedParameter(body: unknown) {
  const parsed = v.safeParse(RefusalSchema, body);
  if (!parsed.success) return undefined;
  return "error" in parsed.output ? parsed.output.error.param : parsed.output.param;
}

function readHeader(headers: unknown, name: string): string | null {
  return headers instanceof Headers ? headers.get(name) : null;
}
