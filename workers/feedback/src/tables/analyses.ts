import {
  type Analysis,
  AnalysisSchema,
  JobStateSchema,
  ok,
  type Result,
  type StoredRecording,
} from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";

/** The table `analyses`, see migrations/feedback: one job a recording. Who is next is decided in `turns.ts`. */

const AnalysisJobSchema = v.strictObject({
  job_id: v.string(),
  recording_id: v.string(),
  user_id: v.string(),
  status: JobStateSchema,
  progress: v.number(),
  error: v.nullable(v.string()),
  attempts: v.number(),
  lease_until: v.nullable(v.string()),
  queued_at: v.string(),
  started_at: v.nullable(v.string()),
  completed_at: v.nullable(v.string()),
  created_at: v.string(),
  updated_at: v.string(),
});
export type AnalysisJob = v.InferOutput<typeof AnalysisJobSchema>;

const COLUMNS = Object.keys(AnalysisJobSchema.entries).join(", ");

/** Of an analysis as it is stored: what doesn't parse was heard by ears of another shape. */
const AnalysisRowSchema = v.strictObject({
  analysis: v.fallback(v.nullable(v.pipe(v.string(), v.parseJson(), AnalysisSchema)), null),
});

/** Makes a job for a recording; changes no row if there is one. */
export function insertJob(
  jobId: string,
  recording: Pick<StoredRecording, "id" | "user_id">,
  now: string,
): Statement {
  return sql(
    `INSERT INTO analyses (job_id, recording_id, user_id, status, progress, attempts, waiting_since, queued_at,
                           created_at, updated_at)
     VALUES (?, ?, ?, 'pending', 0, 0, ?, ?, ?, ?) ON CONFLICT (recording_id) DO NOTHING`,
    jobId,
    recording.id,
    recording.user_id,
    now,
    now,
    now,
    now,
  );
}

/** The job of a recording, whoever's it is; null if nobody has asked for one. */
export function findJobOfRecording(
  database: Database,
  recordingId: string,
): Promise<Result<AnalysisJob | null>> {
  return database.first(
    AnalysisJobSchema,
    sql(`SELECT ${COLUMNS} FROM analyses WHERE recording_id = ?`, recordingId),
  );
}

/** A job of the user's; null for another's, as for one that never was. */
export function findJob(
  database: Database,
  userId: string,
  jobId: string,
): Promise<Result<AnalysisJob | null>> {
  return database.first(
    AnalysisJobSchema,
    sql(`SELECT ${COLUMNS} FROM analyses WHERE job_id = ? AND user_id = ?`, jobId, userId),
  );
}

/** The job that a ticket took up last. */
export function findJobOfTicket(database: Database, ticket: string): Promise<Result<AnalysisJob | null>> {
  return database.first(AnalysisJobSchema, sql(`SELECT ${COLUMNS} FROM analyses WHERE ticket = ?`, ticket));
}

/** All jobs of a user, the oldest first. */
export function listJobsOfUser(database: Database, userId: string): Promise<Result<AnalysisJob[]>> {
  return database.all(
    AnalysisJobSchema,
    sql(`SELECT ${COLUMNS} FROM analyses WHERE user_id = ? ORDER BY created_at`, userId),
  );
}

/** The jobs of those of the recordings that have one. */
export function listJobsOfRecordings(
  database: Database,
  recordingIds: readonly string[],
): Promise<Result<AnalysisJob[]>> {
  return database.all(
    AnalysisJobSchema,
    sql(
      `SELECT ${COLUMNS} FROM analyses WHERE recording_id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(recordingIds),
    ),
  );
}

/** What was heard; null while it isn't known, and where it was heard by ears of another shape. */
export async function findAnalysis(database: Database, jobId: string): Promise<Result<Analysis | null>> {
  const row = await database.first(
    AnalysisRowSchema,
    sql("SELECT analysis FROM analyses WHERE job_id = ? AND status = 'completed'", jobId),
  );
  return row.ok ? ok(row.value?.analysis ?? null) : row;
}

/** A sign of life of a run; changes no row if the run has lost the job. */
export function reportProgress(runId: string, progress: number, leaseUntil: string, now: string): Statement {
  return sql(
    `UPDATE analyses SET progress = ?, lease_until = ?, updated_at = ? WHERE run_id = ? AND status = 'processing'`,
    progress,
    leaseUntil,
    now,
    runId,
  );
}

/** Ends the job that a run holds with what it heard; changes no row if the run has lost it. `now`: ISO 8601. */
export function completeJob(runId: string, analysis: Analysis, now: string): Statement {
  return sql(
    `UPDATE analyses SET status = 'completed', progress = 100, error = NULL, analysis = ?, model_version = ?, heard = ?,
                         completed_at = ?, lease_until = NULL, updated_at = ?
     WHERE run_id = ? AND status = 'processing'`,
    JSON.stringify(analysis),
    analysis.model_version,
    analysis.heard,
    now,
    now,
    runId,
  );
}

/** Ends a run with a reason for the player. */
export function failRun(runId: string, reason: string, now: string): Statement {
  return sql(
    `UPDATE analyses SET status = 'failed', error = ?, lease_until = NULL, updated_at = ?
     WHERE run_id = ? AND status = 'processing'`,
    reason,
    now,
    runId,
  );
}

/** Ends the job that a ticket couldn't finish, unless it is finished, or a run is alive and still may. */
export function failJobOfTicket(ticket: string, reason: string, now: string): Statement {
  return sql(
    `UPDATE analyses SET status = 'failed', error = ?, lease_until = NULL, updated_at = ?
     WHERE ticket = ? AND (status = 'pending' OR (status = 'processing' AND lease_until < ?))`,
    reason,
    now,
    ticket,
    now,
  );
}

/**
 * Hands a job back after a fault that may pass: to the end of its user's line, and to the ticket that had it.
 *
 * @param deliveredAt when that ticket will be delivered again.
 */
export function releaseJob(runId: string, deliveredAt: string, now: string): Statement {
  return sql(
    `UPDATE analyses SET status = 'pending', lease_until = NULL, waiting_since = ?, queued_at = ?, updated_at = ?
     WHERE run_id = ? AND status = 'processing'`,
    now,
    deliveredAt,
    now,
    runId,
  );
}

/** Starts a job that has ended as `from` afresh, with all its attempts. */
export function restartJob(jobId: string, from: "failed" | "completed", now: string): Statement {
  return sql(
    `UPDATE analyses SET status = 'pending', progress = 0, error = NULL, attempts = 0, ticket = NULL,
                         analysis = NULL, model_version = NULL, heard = NULL, completed_at = NULL,
                         waiting_since = ?, queued_at = ?, updated_at = ?
     WHERE job_id = ? AND status = ?`,
    now,
    now,
    now,
    jobId,
    from,
  );
}

/**
 * Notes that another ticket is sent for a stuck job, which from now on anybody's ticket may take up; changes no row if
 * somebody did so since `queuedBefore`.
 */
export function requeueJob(jobId: string, queuedBefore: string, now: string): Statement {
  return sql(
    `UPDATE analyses SET queued_at = ?, ticket = NULL WHERE job_id = ? AND queued_at < ?
       AND (status = 'pending' OR (status = 'processing' AND lease_until < ?))`,
    now,
    jobId,
    queuedBefore,
    now,
  );
}

/** Jobs that wait since before `queuedBefore`, or whose run has given no sign of life in time; oldest first. */
export function findStuckJobs(
  database: Database,
  queuedBefore: string,
  now: string,
  limit: number,
): Promise<Result<AnalysisJob[]>> {
  return database.all(
    AnalysisJobSchema,
    sql(
      `SELECT ${COLUMNS} FROM analyses
       WHERE status IN ('pending', 'processing') AND queued_at < ? AND (status = 'pending' OR lease_until < ?)
       ORDER BY updated_at LIMIT ?`,
      queuedBefore,
      now,
      limit,
    ),
  );
}

/** Removes the job of a recording with its analysis. */
export function removeJobOfRecording(recordingId: string): Statement {
  return sql("DELETE FROM analyses WHERE recording_id = ?", recordingId);
}

/** Removes all jobs of a user with their analyses. */
export function removeJobsOfUser(userId: string): Statement {
  return sql("DELETE FROM analyses WHERE user_id = ?", userId);
}
