import { ok, type Result } from "@crescendai/contracts";
import { type Database, type Logger, timestamp } from "@crescendai/worker-kit";
import { findStuckJobs } from "../tables/analyses.ts";
import { LEASE_MS, MAX_STUCK_JOBS } from "./policy.ts";
import { takeUpIfStuck } from "./request-analysis.ts";

/**
 * Takes up the jobs that a crash or a lost message left behind, also those that nobody asks for.
 *
 * @param now milliseconds since the epoch.
 * @returns how many went on the queue again.
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
