import { failed, ok, type Result } from "@crescendai/contracts";
import type { Database } from "@crescendai/worker-kit";
import { openAnswerCache } from "./answers/answer-cache.ts";
import { removeJobOfRecording } from "./tables/analyses.ts";
import { removeVersionsOfRecording } from "./tables/feedback-versions.ts";
import { removeWordingsOfRecording } from "./tables/wordings.ts";

/**
 * Removes all that is held on a recording: its job with what was heard, every version of what was said, its wordings, and
 * what is cached of it. A second call finds nothing to do. Errors: DATABASE_ERROR; STORAGE_ERROR where the cache may still
 * hold something.
 */
export async function forgetAbout(
  env: FeedbackEnv,
  database: Database,
  recordingId: string,
): Promise<Result<null>> {
  const written = await database.write(
    removeVersionsOfRecording(recordingId),
    removeWordingsOfRecording(recordingId),
    removeJobOfRecording(recordingId),
  );
  if (!written.ok) return written;
  // After the job: whoever finds no job keeps nothing in the cache any more.
  return await forgetAnswers(env, [recordingId]);
}

/** Removes from the cache what was said about recordings. Errors: STORAGE_ERROR. */
export async function forgetAnswers(
  env: FeedbackEnv,
  recordingIds: readonly string[],
): Promise<Result<null>> {
  const cache = openAnswerCache(env);
  for (const id of recordingIds) {
    if (!(await cache.forget(id))) {
      return failed({ code: "STORAGE_ERROR", message: "Not everything could be removed. Please try again." });
    }
  }
  return ok(null);
}
