import { applyD1Migrations, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import {
  ChatAnswerSchema,
  type ChatSession,
  ChatSessionDetailSchema,
  ChatSessionSchema,
  type Passage,
  type ProblemDetails,
  ProblemDetailsSchema,
  type Result,
} from "@crescendai/contracts";
import { sha256Hex } from "@crescendai/worker-kit";
import { requestOf } from "@crescendai/worker-testing/caller";
import * as v from "valibot";
import { expect } from "vitest";
import { EventReader, type ReadEvent } from "../../../../tests/support/event-reader.ts";

export async function migrate(): Promise<void> {
  await applyD1Migrations(env.DB, env.MIGRATIONS_CHAT);
  await applyD1Migrations(env.DB_RECORDINGS, env.MIGRATIONS_RECORDINGS);
  await applyD1Migrations(env.DB_CONTEXT, env.MIGRATIONS_CONTEXT);
  await applyD1Migrations(env.DB_FEEDBACK, env.MIGRATIONS_FEEDBACK);
}

let users = 0;
/** A user whom nobody has been before in this file. */
export function newUser(): string {
  users += 1;
  return `player-${users}`;
}

/** Asks the service as the gateway does for a user. */
export function ask(userId: string, path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(requestOf(userId, path, init));
}

export function json(method: string, body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

export async function newSession(
  userId: string,
  body: Readonly<Record<string, unknown>> = {},
): Promise<ChatSession> {
  const answer = await ask(userId, "/api/v1/chat/sessions", json("POST", body));
  const read: unknown = await answer.json();
  expect(answer.status, JSON.stringify(read)).toBe(200);
  return v.parse(ChatSessionSchema, read);
}

/** Sends a message; the answer as it comes. */
export function send(userId: string, sessionId: string, content: string): Promise<Response> {
  return ask(userId, "/api/v1/chat", json("POST", { session_id: sessionId, content }));
}

/** Sends a message; the whole answer, of the contract's shape. */
export async function sendForJson(
  userId: string,
  sessionId: string,
  content: string,
): Promise<v.InferOutput<typeof ChatAnswerSchema>> {
  const answer = await ask(
    userId,
    "/api/v1/chat",
    json("POST", { session_id: sessionId, content, stream: false }),
  );
  const body: unknown = await answer.json();
  expect(answer.status, JSON.stringify(body)).toBe(200);
  return v.parse(ChatAnswerSchema, body);
}

/** Every event of an answer, `[DONE]` included, as the web client's reader finds them. */
export async function eventsOf(answer: Response): Promise<ReadEvent[]> {
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  const reader = new EventReader();
  reader.push(new Uint8Array(await answer.arrayBuffer()));
  return reader.events;
}

/** The types of an answer's events, `[DONE]` for the end. */
export function kindsOf(events: readonly ReadEvent[]): string[] {
  return events.map(({ event }) => event?.type ?? "[DONE]");
}

/** What an answer's events say. */
export function textOf(events: readonly ReadEvent[]): string {
  return events.map(({ event }) => (event?.type === "token" ? event.content : "")).join("");
}

export async function readSession(
  userId: string,
  sessionId: string,
): Promise<v.InferOutput<typeof ChatSessionDetailSchema>> {
  const answer = await ask(userId, `/api/v1/chat/sessions/${sessionId}`);
  expect(answer.status).toBe(200);
  return v.parse(ChatSessionDetailSchema, await answer.json());
}

/** When a session's object is to be woken next, in milliseconds since the epoch. */
export function alarmOf(sessionId: string): Promise<number | null> {
  const conversation = env.CONVERSATIONS.getByName(sessionId);
  return runInDurableObject(conversation, (_object, { storage }) => storage.getAlarm());
}

export async function problemOf(answer: Response): Promise<ProblemDetails> {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return v.parse(ProblemDetailsSchema, await answer.json());
}

/** A recording of the user's, as the upload service makes one. */
export async function newRecording(userId: string, filename = "take.wav"): Promise<string> {
  const id = crypto.randomUUID();
  const object_key = `recordings/${userId}/${id}.wav`;
  unwrap(
    await env.RECORDINGS.beginUpload({
      id,
      user_id: userId,
      object_key,
      multipart_upload_id: null,
      idempotency_key: null,
    }),
  );
  const known = {
    filename,
    file_size: 1000,
    duration: 12.5,
    mime_type: "audio/wav",
    sha256: await sha256Hex(id),
  };
  const completed: Result<unknown> = await env.RECORDINGS.completeUpload({ id, user_id: userId, ...known });
  unwrap(completed);
  return id;
}

export function unwrap<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** A passage of the library. */
export function passage(text: string, given: Partial<Passage> = {}): Passage {
  return {
    chunk_id: crypto.randomUUID(),
    document_id: crypto.randomUUID(),
    title: "Even scales",
    author: "A. Teacher",
    section: "Slow practice",
    excerpt: text,
    relevance: 0.9,
    source: "technique/even-scales.md",
    material: "quoted",
    text,
    page: null,
    char_start: 0,
    char_end: text.length,
    ...given,
  };
}

/** What is stored of a user. */
export const contextOf = async (user: string) => unwrap(await env.CONTEXT.getContext(user));
