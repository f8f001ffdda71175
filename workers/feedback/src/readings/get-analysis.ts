import {
  type AnalysisSummary,
  DEFAULT_CONTEXT,
  ok,
  type RecordingStatus,
  type Result,
  type StoredRecording,
  type UserContext,
} from "@crescendai/contracts";
import { askService, type Database, type Logger } from "@crescendai/worker-kit";
import { readHistory } from "../answers/history.ts";
import { findAnalysis, findJobOfRecording } from "../tables/analyses.ts";
import { findEarlierTakes } from "../tables/earlier-takes.ts";
import { statusOf } from "./status-of.ts";
import { summariseAnalysis, withoutReading } from "./summarise.ts";

/** What is said in place of a reading, by how far the recording is. */
const NOTES: Readonly<Record<RecordingStatus, string>> = {
  uploaded: "This recording has not been listened to yet.",
  analyzing: "This recording is being listened to; in a moment more will be known.",
  completed: "What was heard in this recording is being renewed; in a moment more will be known.",
  failed: "This recording could not be listened to.",
};

/** What feedback says about a recording of the user's, in short; null if there is none. */
export async function getAnalysis(
  env: Pick<FeedbackEnv, "RECORDINGS" | "CONTEXT">,
  database: Database,
  userId: string,
  recordingId: string,
  log: Logger,
): Promise<Result<AnalysisSummary | null>> {
  // At once, for a player waits for the coach meanwhile; nothing is said before it is known whose recording it is.
  const [found, job, context] = await Promise.all([
    askService<StoredRecording | null>("recordings", log, () =>
      env.RECORDINGS.getRecording(userId, recordingId),
    ),
    findJobOfRecording(database, recordingId),
    askService<UserContext>("context", log, () => env.CONTEXT.getContext(userId)),
  ]);
  if (!found.ok) return found;
  if (found.value === null) return ok(null);
  const recording = found.value;
  if (!job.ok) return job;
  const status = statusOf(job.value, recording);
  if (job.value?.status !== "completed") {
    return ok(withoutReading({ ...recording, status }, [job.value?.error ?? NOTES[status]]));
  }
  const { job_id, created_at } = job.value;
  const [analysis, earlier] = await Promise.all([
    findAnalysis(database, job_id),
    findEarlierTakes(database, job_id),
  ]);
  if (!analysis.ok) return analysis;
  if (!earlier.ok) return earlier;
  if (analysis.value === null) return ok(withoutReading({ ...recording, status }, [NOTES.completed]));
  const history = await readHistory(database, analysis.value, earlier.value);
  if (!history.ok) return history;
  // Without the context what is said is still true; only the fit to the player is lost.
  const fitted = context.ok ? context.value : DEFAULT_CONTEXT;
  return ok(summariseAnalysis({ ...recording, status }, analysis.value, fitted, history.value, created_at));
}
