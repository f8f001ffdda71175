import { failed, ok, type Result, type StoredRecording } from "@crescendai/contracts";
import { type Database, describeCause, type Logger, timestamp } from "@crescendai/worker-kit";
import {
  type AnalysisJob,
  findJobOfRecording,
  insertJob,
  requeueJob,
  restartJob,
} from "../tables/analyses.ts";
import { LEASE_MS, QUEUE_PATIENCE_MS } from "./policy.ts";

/** In whose request a job is wanted. */
export interface RequestTrace {
  readonly requestId: string;
  readonly traceparent: string;
}

/**
 * The job of a recording: a new one, or the one there is. A job that is stuck goes on the queue again.
 *
 * @param restartFailed whether a failed job starts afresh: where the player asks for the analysis in so many words.
 */
export async function requestAnalysis(
  env: FeedbackEnv,
  database: Database,
  recording: StoredRecording,
  trace: RequestTrace,
  log: Logger,
  restartFailed: boolean,
): Promise<Result<AnalysisJob>> {
  const now = Date.now();
  const written = await database.write(insertJob(crypto.randomUUID(), recording, timestamp(now)));
  if (!written.ok) return written;
  const isNew = written.value[0] > 0;
  const found = await findJobOfRecording(database, recording.id);
  if (!found.ok) return found;
  const job = found.value;
  if (job === null) {
    return failed({ code: "NOT_FOUND", message: "The recording was deleted just now." });
  }
  if (restartFailed && job.status === "failed") return await restart(env, database, job, trace, log);
  if (isNew) await enqueue(env, job, trace, log);
  else await takeUpIfStuck(env, database, job, now, trace, log);
  return ok(job);
}

/** Starts a failed job afresh; asked for twice at once, one message is enough. */
async function restart(
  env: FeedbackEnv,
  database: Database,
  job: AnalysisJob,
  trace: RequestTrace,
  log: Logger,
): Promise<Result<AnalysisJob>> {
  const written = await database.write(restartJob(job.job_id, timestamp(Date.now())));
  if (!written.ok) return written;
  if (written.value[0] > 0) await enqueue(env, job, trace, log);
  return ok({ ...job, status: "pending", progress: 0, error: null });
}

/**
 * Puts a job on the queue again if it has waited too long, or its run shows no sign of life.
 *
 * @param now milliseconds since the epoch.
 * @returns whether it went on the queue.
 */
export async function takeUpIfStuck(
  env: FeedbackEnv,
  database: Database,
  job: AnalysisJob,
  now: number,
  trace: RequestTrace,
  log: Logger,
): Promise<boolean> {
  if (!isStuck(job, now)) return false;
  const written = await database.write(
    requeueJob(job.job_id, timestamp(now - patienceFor(job)), timestamp(now)),
  );
  if (!written.ok || written.value[0] === 0) return false;
  log.warn("stuck job taken up", {
    job_id: job.job_id,
    recording_id: job.recording_id,
    attempt: job.attempts,
  });
  await enqueue(env, job, trace, log);
  return true;
}

/** Whether a job waits for a message that must be lost, or for a run that must be dead. */
export function isStuck(job: AnalysisJob, now: number): boolean {
  const queuedFor = now - Date.parse(job.queued_at);
  if (job.status === "pending") return queuedFor > QUEUE_PATIENCE_MS;
  if (job.status !== "processing") return false;
  const dead = job.lease_until === null || Date.parse(job.lease_until) < now;
  return dead && queuedFor > patienceFor(job);
}

/** Milliseconds since a job last went on the queue before it may go there again. */
function patienceFor(job: AnalysisJob): number {
  return job.status === "pending" ? QUEUE_PATIENCE_MS : LEASE_MS;
}

async function enqueue(env: FeedbackEnv, job: AnalysisJob, trace: RequestTrace, log: Logger): Promise<void> {
  try {
    await env.ANALYSIS_QUEUE.send({
      recording_id: job.recording_id,
      user_id: job.user_id,
      request_id: trace.requestId,
      traceparent: trace.traceparent,
    });
  } catch (cause) {
    // The job stands as pending: whoever asks for it next, or the sweep, sends it again.
    log.error("analysis not queued", { job_id: job.job_id, cause: describeCause(cause) });
  }
}
