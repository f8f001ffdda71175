import { applyD1Migrations, createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { type ProblemDetails, ProblemDetailsSchema, RecordingListSchema } from "@crescendai/contracts";
import { requestOf } from "@crescendai/worker-testing/caller";
import * as v from "valibot";
import { expect } from "vitest";
import RecordingsService from "../../src/index.ts";

/** The service on its own bindings, or on others. */
export function recordingsOn(bindings: RecordingsEnv = env): RecordingsService {
  return new RecordingsService(createExecutionContext(), bindings);
}

export function migrate(): Promise<void> {
  return applyD1Migrations(env.DB, env.MIGRATIONS_RECORDINGS);
}

/** Asks the service as the gateway does for a user. */
export function ask(
  userId: string,
  path: string,
  init: RequestInit = {},
  bindings: RecordingsEnv = env,
): Promise<Response> {
  return recordingsOn(bindings).fetch(requestOf(userId, path, init));
}

/** One page of a user's list, of exactly the shape that the contract states. */
export async function list(
  userId: string,
  query: Readonly<Record<string, string>> = {},
): Promise<v.InferOutput<typeof RecordingListSchema>> {
  const answer = await ask(userId, `/api/v1/recordings?${new URLSearchParams(query)}`);
  expect(answer.status).toBe(200);
  return v.parse(RecordingListSchema, await answer.json());
}

/** The problem that an answer states. */
export async function problemOf(answer: Response): Promise<ProblemDetails> {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return v.parse(ProblemDetailsSchema, await answer.json());
}
