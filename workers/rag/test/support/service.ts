import { applyD1Migrations, createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import {
  type Chunk,
  ChunkListSchema,
  DocumentSchema,
  type KnowledgeDocument,
  type ProblemDetails,
  ProblemDetailsSchema,
} from "@crescendai/contracts";
import { requestOf } from "@crescendai/worker-testing/caller";
import * as v from "valibot";
import { expect } from "vitest";
import RagService from "../../src/index.ts";

export const DOCUMENTS = "/api/v1/knowledge/documents";

/** The service on its own bindings, or on others. */
export function ragOn(bindings: RagEnv = env): RagService {
  return new RagService(createExecutionContext(), bindings);
}

export function migrate(): Promise<void> {
  return applyD1Migrations(env.DB, env.MIGRATIONS_RAG);
}

/** Asks the service as the gateway does for an administrator. */
export function ask(path: string, init: RequestInit = {}, bindings: RagEnv = env): Promise<Response> {
  return ragOn(bindings).fetch(requestOf("head-of-school", path, init));
}

/** Runs the scheduled work, as if the clock stood at `time`. */
export async function sweepAt(time: number, bindings: RagEnv = env): Promise<void> {
  const execution = createExecutionContext();
  await new RagService(execution, bindings).scheduled({
    scheduledTime: time,
    cron: "* * * * *",
    noRetry() {},
  });
  await waitOnExecutionContext(execution);
}

/** Sends a text as JSON. */
export function postText(
  text: string,
  metadata: Record<string, unknown> = {},
  bindings: RagEnv = env,
  mediaType = "text/markdown",
): Promise<Response> {
  const body = JSON.stringify({ text, media_type: mediaType, metadata });
  return ask(DOCUMENTS, { method: "POST", body, headers: { "content-type": "application/json" } }, bindings);
}

/** Sends a file in a form. */
export function postFile(
  bytes: Uint8Array<ArrayBuffer> | string,
  name: string,
  type: string,
  metadata?: Record<string, unknown>,
): Promise<Response> {
  const form = new FormData();
  form.append("file", new File([bytes], name, { type }));
  if (metadata !== undefined) form.append("metadata", JSON.stringify(metadata));
  return ask(DOCUMENTS, { method: "POST", body: form });
}

/** The document of an answer, of exactly the shape that the contract states. */
export async function documentOf(answer: Response, status = 201): Promise<KnowledgeDocument> {
  const body: unknown = await answer.json();
  expect(answer.status, JSON.stringify(body)).toBe(status);
  return v.parse(DocumentSchema, body);
}

export async function stored(
  text: string,
  metadata: Record<string, unknown> = {},
): Promise<KnowledgeDocument> {
  return await documentOf(await postText(text, metadata));
}

export async function readDocument(id: string): Promise<KnowledgeDocument> {
  return await documentOf(await ask(`${DOCUMENTS}/${id}`), 200);
}

/** A hundred of a document's passages. */
export async function chunksOf(id: string, page = 1): Promise<Chunk[]> {
  const answer = await ask(`${DOCUMENTS}/${id}/chunks?limit=100&page=${page}`);
  return v.parse(ChunkListSchema, await answer.json()).chunks;
}

export function remove(id: string, bindings: RagEnv = env): Promise<Response> {
  return ask(`${DOCUMENTS}/${id}`, { method: "DELETE" }, bindings);
}

/** The problem that an answer states. */
export async function problemOf(answer: Response): Promise<ProblemDetails> {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return v.parse(ProblemDetailsSchema, await answer.json());
}
