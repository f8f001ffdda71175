import type { Result } from "@crescendai/contracts";
import { type Database, sql } from "@crescendai/worker-kit";
import * as v from "valibot";

/** Whose turn it is to be listened to: the fair order over the table `analyses`. */

const TurnSchema = v.strictObject({
  job_id: v.string(),
  recording_id: v.string(),
  user_id: v.string(),
  attempts: v.number(),
});
/** A job taken up for one run. */
export type Turn = v.InferOutput<typeof TurnSchema>;

/**
 * Takes a job up for one run: the one that the ticket had before, else the next in fair order; null if there is nothing
 * to take up, or the ticket's own job has ended or is alive. One statement, so that no two runs take the same job.
 *
 * The order is that of a round: the oldest waiting job of each user stands at the later of when it began to wait and
 * when the user last had a turn; the earliest is next. So while a job is the oldest of its user's, every other user has
 * at most one turn before it, and only users who were waiting by then have one: nobody's many recordings, and no stream
 * of newcomers, can hold anybody up for longer than that.
 *
 * @param leaseUntil until when the run counts as alive without another sign, ISO 8601 like `now`.
 */
export function takeTurn(
  database: Database,
  ticket: string,
  runId: string,
  leaseUntil: string,
  now: string,
): Promise<Result<Turn | null>> {
  return database.first(
    TurnSchema,
    sql(
      `UPDATE analyses SET status = 'processing', ticket = ?1, run_id = ?2, lease_until = ?3, attempts = attempts + 1,
                           progress = 0, started_at = ?4, updated_at = ?4
       WHERE job_id = COALESCE((SELECT job_id FROM analyses WHERE ticket = ?1), (${NEXT_JOB}))
         AND (status = 'pending' OR (status = 'processing' AND lease_until < ?4))
       RETURNING job_id, recording_id, user_id, attempts`,
      ticket,
      runId,
      leaseUntil,
      now,
    ),
  );
}

/**
 * The next job. Of the row that MIN chooses SQLite gives the other columns too ("bare columns", SELECT §2.4 of its
 * documentation). What a ticket has handed back waits for that ticket; the job of a dead run is anybody's.
 */
const NEXT_JOB = `
  SELECT job_id FROM (
    SELECT user_id, job_id, MIN(waiting_since) AS since FROM analyses INDEXED BY analyses_waiting
    WHERE status IN ('pending', 'processing')
      AND ((status = 'pending' AND ticket IS NULL) OR (status = 'processing' AND lease_until < ?4))
    GROUP BY user_id
  ) AS oldest
  ORDER BY MAX(since, COALESCE(
      (SELECT MAX(started_at) FROM analyses AS had WHERE had.user_id = oldest.user_id), '')),
    since, job_id
  LIMIT 1`;
