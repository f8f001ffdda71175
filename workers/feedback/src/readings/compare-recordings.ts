import {
  DEFAULT_CONTEXT,
  failed,
  ok,
  type RecordingComparison,
  type Result,
  type StoredRecording,
  type UserContext,
} from "@crescendai/contracts";
import { askService, type Database, type Logger } from "@crescendai/worker-kit";
import { playerOf } from "../composition/player.ts";
import { findAnalysis, findJobOfRecording } from "../tables/analyses.ts";
import { compareTakes, type Take } from "./compare-takes.ts";
import { statusOf } from "./status-of.ts";

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
  const [found, job] = await Promise.all([
    askService<StoredRecording | null>("recordings", log, () =>
      env.RECORDINGS.getRecording(userId, recordingId),
    ),
    findJobOfRecording(database, recordingId),
  ]);
  if (!found.ok) return found;
  if (found.value === null)
    return failed({ code: "NOT_FOUND", message: `The player has no recording ${recordingId}.` });
  if (!job.ok) return job;
  const recording = { ...found.value, status: statusOf(job.value, found.value) };
  if (job.value?.status !== "completed") return ok({ recording, heard: null });
  const analysis = await findAnalysis(database, job.value.job_id);
  if (!analysis.ok) return analysis;
  const { created_at } = job.value;
  return ok({ recording, heard: analysis.value === null ? null : { analysis: analysis.value, created_at } });
}
