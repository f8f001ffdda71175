import {
  type FinishedUpload,
  failed,
  ok,
  type PendingUpload,
  type Recording,
  type Result,
} from "@crescendai/contracts";
import type { Database } from "@crescendai/worker-kit";
import { findPending, insertPending, markGivenUp, removeCompleted } from "./tables/pending-uploads.ts";
import { findByBytes, findByIdempotencyKey, insertFromPending, isRecording } from "./tables/recordings.ts";

/** Seconds after which an upload that is under way elsewhere has likely ended. */
const RETRY_AFTER_SECONDS = 5;

/** Writes down that an upload begins; CONFLICT while one with the same idempotency key is under way. */
export async function beginUpload(
  database: Database,
  upload: PendingUpload,
  now: string,
): Promise<Result<null>> {
  const written = await database.write(insertPending(upload, now));
  if (!written.ok) return written;
  if (written.value[0] > 0) return ok(null);
  return failed({
    code: "CONFLICT",
    message: "An upload with this Idempotency-Key is still under way. Wait for its answer, then try again.",
    retryAfter: RETRY_AFTER_SECONDS,
  });
}

/**
 * Makes a pending upload a recording, or finds the recording that it repeats. A repeat stays pending: it is the trace
 * of an object that is still to be removed.
 */
export async function completeUpload(
  database: Database,
  upload: FinishedUpload,
  now: string,
): Promise<Result<{ recording: Recording; repeated: boolean }>> {
  const pending = await findPending(database, upload.id);
  if (!pending.ok) return pending;
  if (pending.value === null) {
    return failed({
      code: "CONFLICT",
      message: "This upload was given up because nothing came for too long. Please send the file again.",
    });
  }
  const key = pending.value.idempotency_key;
  const earlier = key === null ? ok(null) : await findByIdempotencyKey(database, upload.user_id, key);
  if (!earlier.ok) return earlier;
  if (earlier.value !== null && earlier.value.sha256 !== upload.sha256) {
    return failed({
      code: "CONFLICT",
      message: "This Idempotency-Key was used for another file. Use a new key for a new file.",
    });
  }
  const written = await database.write(insertFromPending(upload, now), removeCompleted(upload.id));
  if (!written.ok) return written;
  const recording = await findByBytes(database, upload.user_id, upload.sha256);
  if (!recording.ok) return recording;
  if (recording.value === null) {
    return failed({ code: "CONFLICT", message: "The recording was deleted while it was being uploaded." });
  }
  return ok({ recording: recording.value, repeated: recording.value.id !== upload.id });
}

/**
 * Rules out that the upload becomes a recording, unless it is one. Marked first and looked up afterwards: once it is
 * marked no completion can come, so the answer stays true.
 *
 * @returns whether its object is nobody's.
 */
export async function giveUpUpload(database: Database, id: string, now: string): Promise<Result<boolean>> {
  const marked = await database.write(markGivenUp(id, now));
  if (!marked.ok) return marked;
  const recording = await isRecording(database, id);
  return recording.ok ? ok(!recording.value) : recording;
}
