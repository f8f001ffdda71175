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

/** The table `analyses`, see migrations/feedback: one job a recording. */

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

const AnalysisRowSchema = v.strictObject({ analysis: v.pipe(v.string(), v.parseJson(), AnalysisSchema) });

/** Makes a job for a recording; changes no row if there is one. */
export function insertJob(
  jobId: string,
  recording: Pick<StoredRecording, "id" | "user_id">,
  now: string,
): Statement {
  return sql(
    `INSERT INTO analyses (job_id, recording_id, user_id, status, progress, attempts, queued_at, created_at, updated_at)
     VALUES (?, ?, ?, 'pending', 0, 0, ?, ?, ?) ON CONFLICT (recording_id) DO NOTHING`,
    jobId,
    recording.id,
    recording.user_id,
    now,
    now,
    now,
  );
}

export function findJobOfRecording(
  database: Database,
  recordingId: string,
): Promise<Result<AnalysisJob | null>> {
  return database.first(
    AnalysisJobSchema,
    sql(`SELECT ${COLUMNS} FROM analyses WHERE recording_id = ?`, recordingId),
  );
}

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

export function listJobsOfUser(database: Database, userId: string): Promise<Result<AnalysisJob[]>> {
  return database.all(
    AnalysisJobSchema,
    sql(`SELECT ${COLUMNS} FROM analyses WHERE user_id = ? ORDER BY created_at`, userId),
  );
}

/** What was heard, or null while it isn't known. */
export async function findAnalysis(database: Database, jobId: string): Promise<Result<Analysis | null>> {
  const row = await database.first(
    AnalysisRowSchema,
    sql("SELECT analysis FROM analyses WHERE job_id = ? AND status = 'completed'", jobId),
  );
  return row.ok ? ok(row.value?.analysis ?? null) : row;
}

/** Takes a job up for one run; changes no row if it is finished or somebody else is alive on it. */
export function claimJob(recordingId: string, runId: string, leaseUntil: string, now: string): Statement {
  return sql(
    `UPDATE analyses SET status = 'processing', run_id = ?, lease_until = ?, attempts = attempts + 1,
                         progress = 0, started_at = ?, updated_at = ?
     WHERE recording_id = ? AND (status = 'pending' OR (status = 'processing' AND lease_until < ?))`,
    runId,
    leaseUntil,
    now,
    now,
    recordingId,
    now,
  );
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

export function completeJob(runId: string, analysis: Analysis, now: string): Statement {
  return sql(
    `UPDATE analyses SET status = 'completed', progress = 100, error = NULL, analysis = ?, completed_at = ?,
                         lease_until = NULL, updated_at = ?
     WHERE run_id = ? AND status = 'processing'`,
    JSON.stringify(analysis),
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

/** Ends a job that no run could finish, unless one has, or is alive and still may. */
export function failJob(recordingId: string, reason: string, now: string): Statement {
  return sql(
    `UPDATE analyses SET status = 'failed', error = ?, lease_until = NULL, updated_at = ?
     WHERE recording_id = ? AND (status = 'pending' OR (status = 'processing' AND lease_until < ?))`,
    reason,
    now,
    recordingId,
    now,
  );
}

/** Hands a job back for another run after a fault that may pass. */
export function releaseJob(runId: string, now: string): Statement {
  return sql(
    `UPDATE analyses SET status = 'pending', lease_until = NULL, queued_at = ?, updated_at = ?
     WHERE run_id = ? AND status = 'processing'`,
    now,
    now,
    runId,
  );
}

/** Starts a failed job afresh, with all its attempts. */
export function restartJob(jobId: string, now: string): Statement {
  return sql(
    `UPDATE analyses SET status = 'pending', progress = 0, error = NULL, attempts = 0, queued_at = ?, updated_at = ?
     WHERE job_id = ? AND status = 'failed'`,
    now,
    now,
    jobId,
  );
}

/** Notes that a stuck job goes on the queue again; changes no row if somebody did so since `queuedBefore`. */
export function requeueJob(jobId: string, queuedBefore: string, now: string): Statement {
  return sql(
    `UPDATE analyses SET queued_at = ? WHERE job_id = ? AND queued_at < ?
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

export function removeJobOfRecording(recordingId: string): Statement {
  return sql("DELETE FROM analyses WHERE recording_id = ?", recordingId);
}

export function removeJobsOfUser(userId: string): Statement {
  return sql("DELETE FROM analyses WHERE user_id = ?", userId);
}
