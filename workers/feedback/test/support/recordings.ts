import { applyD1Migrations } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import type { RecordingStatus, Result, StoredRecording } from "@crescendai/contracts";
import { hex } from "@crescendai/worker-kit";
import { requestOf } from "@crescendai/worker-testing/caller";
import { present, unwrap } from "./results.ts";

/** The databases of the service and of the siblings that it calls. */
export async function migrateDatabases(): Promise<void> {
  await applyD1Migrations(env.DB, env.MIGRATIONS_FEEDBACK);
  await applyD1Migrations(env.DB_RECORDINGS, env.MIGRATIONS_RECORDINGS);
  await applyD1Migrations(env.DB_CONTEXT, env.MIGRATIONS_CONTEXT);
  await applyD1Migrations(env.DB_RAG, env.MIGRATIONS_RAG);
}

/** A recording of the user's, stored the way the upload service stores one. */
export async function storeRecording(
  userId: string,
  bytes: Uint8Array<ArrayBuffer> = crypto.getRandomValues(new Uint8Array(16)),
  mimeType = "audio/wav",
): Promise<StoredRecording> {
  const id = crypto.randomUUID();
  const object_key = `recordings/${userId}/${id}`;
  const upload = { id, user_id: userId, object_key, multipart_upload_id: null, idempotency_key: null };
  unwrap<null, unknown>(await env.RECORDINGS.beginUpload(upload));
  await env.AUDIO.put(object_key, bytes);
  const sha256 = hex(await crypto.subtle.digest("SHA-256", bytes));
  const known = { filename: "take.wav", file_size: bytes.length, duration: 10, mime_type: mimeType, sha256 };
  const completed: Result<unknown> = await env.RECORDINGS.completeUpload({ id, user_id: userId, ...known });
  unwrap(completed);
  return present(await lookUp(userId, id));
}

/** Deletes a recording as the gateway does: hidden, forgotten by this service, its last trace removed. */
export async function deleteRecording({ user_id, id }: StoredRecording): Promise<void> {
  await hideRecording({ user_id, id });
  await exports.default.forgetRecording(id);
  await env.RECORDINGS.finishDeletion(id);
}

/** The first step of a deletion only: nobody sees the recording any more, its object is gone. */
export async function hideRecording({ user_id, id }: Pick<StoredRecording, "user_id" | "id">): Promise<void> {
  await env.RECORDINGS.fetch(requestOf(user_id, `/api/v1/recordings/${id}`, { method: "DELETE" }));
}

/** The status of a recording; null once it is deleted. */
export async function statusOf({ user_id, id }: StoredRecording): Promise<RecordingStatus | null> {
  return (await lookUp(user_id, id))?.status ?? null;
}

async function lookUp(userId: string, id: string): Promise<StoredRecording | null> {
  const found: Result<StoredRecording | null> = await env.RECORDINGS.getRecording(userId, id);
  return unwrap(found);
}
