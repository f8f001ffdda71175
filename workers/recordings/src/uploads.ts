import {
  type FinishedUpload,
  failed,
  ok,
  type PendingUpload,
  type Recording,
  type Result,
} from "@crescendai/contracts";
import type { Database } from "@crescendai/worker-kit";
import { findPending, insertPending, removePending } from "./tables/pending-uploads.ts";
import { findByBytes, findByIdempotencyKey, insertFromPending } from "./tables/recordings.ts";

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

/** Makes a pending upload a recording, or finds the recording that it repeats. */
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
  const written = await database.write(insertFromPending(upload, now), removePending(upload.id));
  if (!written.ok) return written;
  const recording = await findByBytes(database, upload.user_id, upload.sha256);
  if (!recording.ok) return recording;
  if (recording.value === null) {
    return failed({ code: "CONFLICT", message: "The recording was deleted while it was being uploaded." });
  }
  return ok({ recording: recording.value, repeated: recording.value.id !== upload.id });
}
