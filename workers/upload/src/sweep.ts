import { ok, type PendingUpload, type Result } from "@crescendai/contracts";
import { describeCause, type Logger, timestamp } from "@crescendai/worker-kit";
import { abortMultipart } from "./abort-multipart.ts";

/**
 * Clears what uploads left in the bucket that never became recordings: a crash, a lost connection. An upload counts
 * as left behind when nothing has come for `UPLOAD_GRACE_SECONDS`.
 *
 * @param now milliseconds since the epoch.
 * @returns how many were cleared; what can't be cleared stays for the next sweep.
 */
export async function sweepStaleUploads(env: UploadEnv, now: number, log: Logger): Promise<Result<number>> {
  const before = timestamp(now - Number(env.UPLOAD_GRACE_SECONDS) * 1000);
  const stale: Result<PendingUpload[]> = await env.RECORDINGS.staleUploads(before);
  if (!stale.ok) return stale;
  let cleared = 0;
  for (const upload of stale.value) {
    if (await clear(env, upload, log)) cleared += 1;
  }
  if (cleared > 0) log.info("stale uploads cleared", { count: cleared });
  return ok(cleared);
}

async function clear(env: UploadEnv, upload: PendingUpload, log: Logger): Promise<boolean> {
  try {
    // It may have been completed since it was listed.
    const nobodys: Result<boolean> = await env.RECORDINGS.giveUpUpload(upload.id);
    if (!nobodys.ok || !nobodys.value) return false;
    if (upload.multipart_upload_id !== null) {
      const multipart = env.AUDIO.resumeMultipartUpload(upload.object_key, upload.multipart_upload_id);
      await abortMultipart(multipart);
    }
    await env.AUDIO.delete(upload.object_key);
    const abandoned = await env.RECORDINGS.abandonUpload(upload.id);
    return abandoned.ok;
  } catch (cause) {
    log.error("stale upload not cleared", { recording_id: upload.id, cause: describeCause(cause) });
    return false;
  }
}
