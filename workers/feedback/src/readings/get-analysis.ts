import {
  type AnalysisSummary,
  DEFAULT_CONTEXT,
  ok,
  type Result,
  type UserContext,
} from "@crescendai/contracts";
import { askService, type Database, type Logger } from "@crescendai/worker-kit";
import { readHistory } from "../answers/history.ts";
import { findAnalysis } from "../tables/analyses.ts";
import { findEarlierTakes } from "../tables/earlier-takes.ts";
import { findRecordingWithJob } from "./find-recording-with-job.ts";
import { notHeard } from "./not-heard.ts";
import { summariseAnalysis, withoutReading } from "./summarise.ts";

/** What feedback says about a recording of the user's, in short; null if there is none. */
export async function getAnalysis(
  env: Pick<FeedbackEnv, "RECORDINGS" | "CONTEXT">,
  database: Database,
  userId: string,
  recordingId: string,
  log: Logger,
): Promise<Result<AnalysisSummary | null>> {
  const [found, context] = await Promise.all([
    findRecordingWithJob(env, database, userId, recordingId, log),
    askService<UserContext>("context", log, () => env.CONTEXT.getContext(userId)),
  ]);
  if (!found.ok) return found;
  if (found.value === null) return ok(null);
  const { recording, job } = found.value;
  const withoutAnalysis = [job?.error ?? notHeard("this recording", recording.status)];
  if (job?.status !== "completed") return ok(withoutReading(recording, withoutAnalysis));
  const { job_id, created_at } = job;
  const [analysis, earlier] = await Promise.all([
    findAnalysis(database, job_id),
    findEarlierTakes(database, job_id),
  ]);
  if (!analysis.ok) return analysis;
  if (!earlier.ok) return earlier;
  if (analysis.value === null) return ok(withoutReading(recording, withoutAnalysis));
  const history = await readHistory(database, analysis.value, earlier.value);
  if (!history.ok) return history;
  // Without the context what is said is still true; only the fit to the player is lost.
  const fitted = context.ok ? context.value : DEFAULT_CONTEXT;
  return ok(summariseAnalysis(recording, analysis.value, fitted, history.value, created_at));
}
