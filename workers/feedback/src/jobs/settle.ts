import type { Result } from "@crescendai/contracts";
import type { Database } from "@crescendai/worker-kit";
import { forgetAbout } from "../forget.ts";
import { findJobOfRecording } from "../tables/analyses.ts";

/** What becomes of a message: done with, or to be delivered again. */
export type Outcome = "done" | "retry";

/**
 * Tells the recording how its job ended, whoever ended it; if it was deleted meanwhile, nothing of it stays here.
 * Does nothing for a job that hasn't ended: a run that lost its job to another has no say in it any more.
 */
export async function settle(env: FeedbackEnv, database: Database, recordingId: string): Promise<Outcome> {
  const job = await findJobOfRecording(database, recordingId);
  if (!job.ok) return "retry";
  const status = job.value?.status;
  if (status !== "completed" && status !== "failed") return "done";
  const known: Result<boolean> = await env.RECORDINGS.setStatus(recordingId, status);
  if (!known.ok) return "retry";
  if (known.value) return "done";
  const forgotten = await forgetAbout(env, database, recordingId);
  return forgotten.ok ? "done" : "retry";
}
