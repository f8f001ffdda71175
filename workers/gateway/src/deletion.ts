import type { Result } from "@crescendai/contracts";
import { describeCause, type Logger } from "@crescendai/worker-kit";

/**
 * Has every service forget a deleted recording, and then the recording's last trace removed. What fails here is
 * tried again by the sweep, because the trace is still there.
 */
export async function finishDeletion(env: GatewayEnv, recordingId: string, log: Logger): Promise<void> {
  try {
    const forgotten: Result<null>[] = await Promise.all([
      env.FEEDBACK.forgetRecording(recordingId),
      env.CHAT.forgetRecording(recordingId),
    ]);
    for (const outcome of forgotten) {
      if (outcome.ok) continue;
      log.warn("deletion left to the sweep", { recording_id: recordingId, code: outcome.error.code });
      return;
    }
    await env.RECORDINGS.finishDeletion(recordingId);
  } catch (cause) {
    log.warn("deletion left to the sweep", { recording_id: recordingId, cause: describeCause(cause) });
  }
}

/** Finishes the deletions that a fault or a crash has interrupted. */
export async function sweepDeletions(env: GatewayEnv, log: Logger): Promise<void> {
  const unfinished: Result<string[]> = await env.RECORDINGS.unfinishedDeletions();
  if (!unfinished.ok) return;
  for (const id of unfinished.value) await finishDeletion(env, id, log);
}
