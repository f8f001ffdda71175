import { failed, ok, type Result, type StoredRecording } from "@crescendai/contracts";
import { type Database, type Logger, timestamp } from "@crescendai/worker-kit";
import {
  type AnalysisJob,
  findJobOfRecording,
  insertJob,
  requeueJob,
  restartJob,
} from "../tables/analyses.ts";
import { LEASE_MS, QUEUE_PATIENCE_MS } from "./policy.ts";
import { type RequestTrace, sendTicket } from "./send-tickets.ts";

/**
 * The job of a recording: a new one, or the one there is. For a job that is stuck another ticket is sent.
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
  if (isNew) await sendTicket(env, trace, log);
  else await takeUpIfStuck(env, database, job, now, trace, log);
  return ok(job);
}

/** Starts a job that has ended afresh; asked for twice at once, one ticket is enough. */
export async function restart(
  env: FeedbackEnv,
  database: Database,
  job: AnalysisJob,
  trace: RequestTrace,
  log: Logger,
): Promise<Result<AnalysisJob>> {
  const from = job.status === "completed" ? "completed" : "failed";
  const written = await database.write(restartJob(job.job_id, from, timestamp(Date.now())));
  if (!written.ok) return written;
  if (written.value[0] > 0) await sendTicket(env, trace, log);
  return ok({ ...job, status: "pending", progress: 0, error: null, completed_at: null });
}

/**
 * Sends another ticket for a job that has waited too long, or whose run shows no sign of life.
 *
 * @param now milliseconds since the epoch.
 * @returns whether one was sent.
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
  await sendTicket(env, trace, log);
  return true;
}

/** Whether a job waits for a ticket that must be lost, or for a run that must be dead. */
export function isStuck(job: AnalysisJob, now: number): boolean {
  const queuedFor = now - Date.parse(job.queued_at);
  if (job.status === "pending") return queuedFor > QUEUE_PATIENCE_MS;
  if (job.status !== "processing") return false;
  const dead = job.lease_until === null || Date.parse(job.lease_until) < now;
  return dead && queuedFor > patienceFor(job);
}

/** Milliseconds since a ticket was last sent for a job before another may be. */
function patienceFor(job: AnalysisJob): number {
  return job.status === "pending" ? QUEUE_PATIENCE_MS : LEASE_MS;
}
