import { applyD1Migrations, createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import {
  type ProblemDetails,
  ProblemDetailsSchema,
  type UploadAnswer,
  UploadAnswerSchema,
} from "@crescendai/contracts";
import { requestOf } from "@crescendai/worker-testing/caller";
import * as v from "valibot";
import { expect } from "vitest";
import UploadService from "../../src/index.ts";
import { MULTIPART_TYPE } from "./form.ts";

/** The service on its own bindings, or with some of them replaced. */
export function uploadOn(replaced: Partial<UploadEnv> = {}): UploadService {
  return new UploadService(createExecutionContext(), bindings(replaced));
}

export function bindings(replaced: Partial<UploadEnv> = {}): UploadEnv {
  const { AUDIO, ANALYSIS_QUEUE, RECORDINGS, UPLOAD_GRACE_SECONDS } = env;
  return { AUDIO, ANALYSIS_QUEUE, RECORDINGS, UPLOAD_GRACE_SECONDS, ...replaced };
}

export function migrate(): Promise<void> {
  return applyD1Migrations(env.DB_RECORDINGS, env.MIGRATIONS_RECORDINGS);
}

/** Sends an upload as the gateway does for a user. */
export function send(
  userId: string,
  body: BodyInit,
  headers: Readonly<Record<string, string>> = {},
  replaced: Partial<UploadEnv> = {},
): Promise<Response> {
  const init = { method: "POST", body, headers: { "content-type": MULTIPART_TYPE, ...headers } };
  return uploadOn(replaced).fetch(requestOf(userId, "/api/v1/upload", init));
}

/** The answer to an upload that succeeded. */
export async function uploaded(answer: Response): Promise<UploadAnswer> {
  const body: unknown = await answer.json();
  expect(answer.status, JSON.stringify(body)).toBe(200);
  return v.parse(UploadAnswerSchema, body);
}

/** The problem that an answer states. */
export async function problemOf(answer: Response): Promise<ProblemDetails> {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return v.parse(ProblemDetailsSchema, await answer.json());
}

/** What there is of a user: keys of objects, ids of recordings, ids of uploads that are under way or left behind. */
export async function tracesOf(userId: string) {
  const idsIn = async (table: "recordings" | "pending_uploads") => {
    const { results } = await env.DB_RECORDINGS.prepare(
      `SELECT id FROM ${table} WHERE user_id = ? ORDER BY id`,
    )
      .bind(userId)
      .all<{ id: string }>();
    return results.map(({ id }) => id);
  };
  const { objects } = await env.AUDIO.list({ prefix: `recordings/${userId}/` });
  return {
    objects: objects.map(({ key }) => key),
    recordings: await idsIn("recordings"),
    pending: await idsIn("pending_uploads"),
  };
}

export const NOTHING = { objects: [], recordings: [], pending: [] };

/** The bytes of a user's recording, as the bucket holds them. */
export async function storedBytes(userId: string, id: string): Promise<Uint8Array<ArrayBuffer>> {
  const object = await env.AUDIO.get(`recordings/${userId}/${id}.wav`);
  if (object === null) throw new Error(`there is no object of ${id}`);
  return new Uint8Array(await object.arrayBuffer());
}

let users = 0;

/** A user of its own for every case. */
export function newUser(): string {
  users += 1;
  return `sender-${users}`;
}
