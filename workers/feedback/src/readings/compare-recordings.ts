import {
  DEFAULT_CONTEXT,
  failed,
  ok,
  type RecordingComparison,
  type Result,
  type UserContext,
} from "@crescendai/contracts";
import { askService, type Database, type Logger } from "@crescendai/worker-kit";
import { playerOf } from "../composition/player.ts";
import { findAnalysis } from "../tables/analyses.ts";
import { compareTakes, type Take } from "./compare-takes.ts";
import { findRecordingWithJob } from "./find-recording-with-job.ts";

/** Recordings of the user's side by side, by the rules of feedback; NOT_FOUND if one of them isn't there. */
export async function compareRecordings(
  env: Pick<FeedbackEnv, "RECORDINGS" | "CONTEXT">,
  database: Database,
  userId: string,
  recordingIds: readonly string[],
  log: Logger,
): Promise<Result<RecordingComparison>> {
  const [context, ...found] = await Promise.all([
    askService<UserContext>("context", log, () => env.CONTEXT.getContext(userId)),
    ...recordingIds.map((id) => findTake(env, database, userId, id, log)),
  ]);
  const takes: Take[] = [];
  for (const take of found) {
    if (!take.ok) return take;
    takes.push(take.value);
  }
  // Without the context what is said is still true; only the fit to the player is lost.
  const { register } = playerOf(context.ok ? context.value : DEFAULT_CONTEXT);
  return ok(compareTakes(takes, register));
}

async function findTake(
  env: Pick<FeedbackEnv, "RECORDINGS">,
  database: Database,
  userId: string,
  recordingId: string,
  log: Logger,
): Promise<Result<Take>> {
  const found = await findRecordingWithJob(env, database, userId, recordingId, log);
  if (!found.ok) return found;
  if (found.value === null)
    return failed({ code: "NOT_FOUND", message: `The player has no recording ${recordingId}.` });
  const { recording, job } = found.value;
  if (job?.status !== "completed") return ok({ recording, heard: null });
  const analysis = await findAnalysis(database, job.job_id);
  if (!analysis.ok) return analysis;
  const heard = analysis.value === null ? null : { analysis: analysis.value, created_at: job.created_at };
  return ok({ recording, heard });
}
