import { ok, type Result, type StoredRecording } from "@crescendai/contracts";
import { type Database, type Logger, timestamp } from "@crescendai/worker-kit";
import { findStuckJobs, insertJob, listJobsOfRecordings } from "../tables/analyses.ts";
import { LEASE_MS, MAX_STUCK_JOBS, UNFINISHED_PATIENCE_MS } from "./policy.ts";
import { takeUpIfStuck } from "./request-analysis.ts";
import { sendTicket } from "./send-tickets.ts";
import { settle } from "./settle.ts";

/**
 * Takes up the jobs that a crash or a lost ticket left behind, also those that nobody asks for.
 *
 * @param now milliseconds since the epoch.
 * @returns for how many another ticket was sent.
 */
export async function sweepStuckJobs(
  env: FeedbackEnv,
  database: Database,
  now: number,
  log: Logger,
): Promise<Result<number>> {
  const stuck = await findStuckJobs(database, timestamp(now - LEASE_MS), timestamp(now), MAX_STUCK_JOBS);
  if (!stuck.ok) return stuck;
  let takenUp = 0;
  for (const job of stuck.value) {
    const trace = { requestId: `sweep-${job.job_id}`, traceparent: "" };
    if (await takeUpIfStuck(env, database, job, now, trace, log)) takenUp += 1;
  }
  return ok(takenUp);
}

/**
 * Looks after recordings that stand unfinished: one whose message was lost on the way here gets its job, and one whose
 * job has ended is told so.
 *
 * @param now milliseconds since the epoch.
 * @returns how many had no job.
 */
export async function sweepUnfinishedRecordings(
  env: FeedbackEnv,
  database: Database,
  now: number,
  log: Logger,
): Promise<Result<number>> {
  const before = timestamp(now - UNFINISHED_PATIENCE_MS);
  const unfinished: Result<Pick<StoredRecording, "id" | "user_id">[]> =
    await env.RECORDINGS.unfinishedRecordings(before);
  if (!unfinished.ok || unfinished.value.length === 0) return unfinished.ok ? ok(0) : unfinished;
  const ids = unfinished.value.map(({ id }) => id);
  const jobs = await listJobsOfRecordings(database, ids);
  if (!jobs.ok) return jobs;
  for (const { recording_id, status } of jobs.value) {
    if (status === "completed" || status === "failed") await settle(env, database, recording_id);
  }
  const known = new Set(jobs.value.map(({ recording_id }) => recording_id));
  const lost = unfinished.value.filter(({ id }) => !known.has(id));
  if (lost.length === 0) return ok(0);
  const inserts = lost.map((recording) => insertJob(crypto.randomUUID(), recording, timestamp(now)));
  const written = await database.write(...inserts);
  if (!written.ok) return written;
  log.warn("recordings without a job taken up", { count: lost.length });
  for (const { id } of lost) await sendTicket(env, { requestId: `sweep-${id}`, traceparent: "" }, log);
  return ok(lost.length);
}
