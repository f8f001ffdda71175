import {
  type AnalysisResult,
  AnalysisResultSchema,
  ChatSessionDetailSchema,
  ChatSessionSchema,
  type Feedback,
  FeedbackSchema,
  type Job,
  JobSchema,
  RecordingListSchema,
  type UploadAnswer,
  UploadAnswerSchema,
} from "@crescendai/contracts";
import * as v from "valibot";
import type { Mesh as WholeMesh } from "./mesh.ts";

/** What of a mesh a client sees. */
type Mesh = Pick<WholeMesh, "fetch">;

/** An id that is well-formed, and of nothing. */
export const UNKNOWN_ID = "0b6ce0f5-5b5c-4f3a-9d7e-2f6c3f1d2a4b";

/** Names of users that nobody has had before. */
export function freshUsers(prefix: string): () => string {
  let users = 0;
  return () => {
    users += 1;
    return `${prefix}-${users}`;
  };
}

/** The form of an upload, as the web client sends it. */
export function uploadForm(
  bytes: Uint8Array<ArrayBuffer>,
  metadata: Record<string, unknown> = {},
  type = "audio/wav",
): FormData {
  const form = new FormData();
  form.append("audio", new Blob([bytes], { type }), "take.wav");
  form.append(
    "metadata",
    JSON.stringify({ originalName: "take.wav", size: bytes.length, type, ...metadata }),
  );
  return form;
}

/** Sends the form of an upload as a user. */
export function sendUpload(
  mesh: Mesh,
  user: string,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<Response> {
  return mesh.fetch("/api/v1/upload", { method: "POST", body, headers: { "x-user-id": user, ...headers } });
}

/** The answer of an upload that succeeded. */
export async function uploaded(answer: Response): Promise<UploadAnswer> {
  const body: unknown = await answer.json();
  if (answer.status !== 200) throw new Error(`upload answered ${answer.status}: ${JSON.stringify(body)}`);
  return v.parse(UploadAnswerSchema, body);
}

/** Uploads a recording as a user and gives its id. */
export async function uploadAs(mesh: Mesh, user: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return (await uploaded(await sendUpload(mesh, user, uploadForm(bytes)))).id;
}

/** A request without a body. */
export function asUser(user: string, method = "GET"): RequestInit {
  return { method, headers: { "x-user-id": user } };
}

/** A request with a JSON body. */
export function jsonRequest(method: string, user: string, body: unknown): RequestInit {
  return {
    method,
    headers: { "x-user-id": user, "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

/** Begins a conversation as a user and gives its id. */
export async function beginSession(
  mesh: Mesh,
  user: string,
  body: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const answer = await mesh.fetch("/api/v1/chat/sessions", jsonRequest("POST", user, body));
  return v.parse(ChatSessionSchema, await answer.json()).id;
}

/** A conversation of a user's with its messages. */
export async function sessionOf(
  mesh: Mesh,
  user: string,
  id: string,
): Promise<v.InferOutput<typeof ChatSessionDetailSchema>> {
  const answer = await mesh.fetch(`/api/v1/chat/sessions/${id}`, asUser(user));
  return v.parse(ChatSessionDetailSchema, await answer.json());
}

/** A user's recordings, the first page of them. */
export async function recordingsOf(
  mesh: Mesh,
  user: string,
): Promise<v.InferOutput<typeof RecordingListSchema>["recordings"]> {
  const answer = await mesh.fetch("/api/v1/recordings?limit=100", asUser(user));
  return v.parse(RecordingListSchema, await answer.json()).recordings;
}

/** Feedback on a recording, however long listening takes: each request waits for 25 s at most. */
export async function feedbackOn(mesh: Mesh, user: string, id: string): Promise<Feedback> {
  for (;;) {
    const headers = { "x-user-id": user, prefer: "wait=25" };
    const answer = await mesh.fetch(`/api/v1/feedback/${id}`, { method: "POST", headers });
    const body: unknown = await answer.json();
    if (answer.status === 200) return v.parse(FeedbackSchema, body);
    if (answer.status !== 202) throw new Error(`feedback answered ${answer.status}: ${JSON.stringify(body)}`);
  }
}

/** The id of the job that listens to a recording. */
export async function analyse(mesh: Mesh, user: string, id: string): Promise<string> {
  const answer = await mesh.fetch("/api/v1/analyze", jsonRequest("POST", user, { id }));
  return v.parse(v.object({ job_id: v.string() }), await answer.json()).job_id;
}

/** The job as its user sees it. */
export async function jobAs(mesh: Mesh, user: string, jobId: string): Promise<Job> {
  const answer = await mesh.fetch(`/api/v1/job/${jobId}`, asUser(user));
  return v.parse(JobSchema, await answer.json());
}

/** What a completed job has found. */
export async function resultOf(mesh: Mesh, user: string, jobId: string): Promise<AnalysisResult> {
  const answer = await mesh.fetch(`/api/v1/result/${jobId}`, asUser(user));
  return v.parse(AnalysisResultSchema, await answer.json());
}
