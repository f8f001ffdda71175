import { FeedbackVersionSchema, ok, type Result } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";

/** The table `feedback_versions`, see migrations/feedback: what was said about a recording, each time it was new. */

/** Versions kept of one recording, the newest: far more than a change of goals now and then makes. */
export const MAX_VERSIONS = 20;

const VersionRowSchema = v.strictObject({
  ...FeedbackVersionSchema.entries,
  feedback: v.pipe(v.string(), v.parseJson(), FeedbackVersionSchema.entries.feedback),
});
const ExportRowSchema = v.strictObject({ recording_id: v.string(), ...VersionRowSchema.entries });
const CountRowSchema = v.strictObject({ total: v.number() });

const COLUMNS = "version, created_at, model_version, body AS feedback";

/** What was said, as it was sent. */
export interface NewVersion {
  readonly recordingId: string;
  /** SHA-256 of the body. */
  readonly hash: string;
  readonly modelVersion: string;
  readonly body: string;
}

/**
 * Keeps what was said, unless exactly that was said before or the recording is gone; of more than `MAX_VERSIONS` the
 * oldest go.
 */
export function keepVersion(
  { recordingId, hash, modelVersion, body }: NewVersion,
  now: string,
): readonly [Statement, Statement] {
  return [
    sql(
      `INSERT INTO feedback_versions (recording_id, version, user_id, hash, created_at, model_version, body)
       SELECT recording_id,
              1 + COALESCE((SELECT MAX(version) FROM feedback_versions WHERE recording_id = ?1), 0),
              user_id, ?2, ?3, ?4, ?5
       FROM analyses WHERE recording_id = ?1
       ON CONFLICT (recording_id, hash) DO NOTHING`,
      recordingId,
      hash,
      now,
      modelVersion,
      body,
    ),
    sql(
      `DELETE FROM feedback_versions WHERE recording_id = ?1
         AND version <= (SELECT MAX(version) FROM feedback_versions WHERE recording_id = ?1) - ?2`,
      recordingId,
      MAX_VERSIONS,
    ),
  ];
}

/** A page of the versions, newest first. */
export function listVersions(
  database: Database,
  userId: string,
  recordingId: string,
  limit: number,
  offset: number,
): Promise<Result<v.InferOutput<typeof VersionRowSchema>[]>> {
  return database.all(
    VersionRowSchema,
    sql(
      `SELECT ${COLUMNS} FROM feedback_versions WHERE recording_id = ? AND user_id = ?
       ORDER BY version DESC LIMIT ? OFFSET ?`,
      recordingId,
      userId,
      limit,
      offset,
    ),
  );
}

/** How many versions of the feedback on a recording there are; 0 for another user's. */
export async function countVersions(
  database: Database,
  userId: string,
  recordingId: string,
): Promise<Result<number>> {
  const row = await database.first(
    CountRowSchema,
    sql(
      "SELECT COUNT(*) AS total FROM feedback_versions WHERE recording_id = ? AND user_id = ?",
      recordingId,
      userId,
    ),
  );
  return row.ok ? ok(row.value?.total ?? 0) : row;
}

/** Everything that was said to a user, in the order in which it was. */
export function listVersionsOfUser(
  database: Database,
  userId: string,
): Promise<Result<v.InferOutput<typeof ExportRowSchema>[]>> {
  return database.all(
    ExportRowSchema,
    sql(
      `SELECT recording_id, ${COLUMNS} FROM feedback_versions WHERE user_id = ? ORDER BY recording_id, version`,
      userId,
    ),
  );
}

/** Removes what was ever said about a recording. */
export function removeVersionsOfRecording(recordingId: string): Statement {
  return sql("DELETE FROM feedback_versions WHERE recording_id = ?", recordingId);
}

/** Removes what was ever said to a user. */
export function removeVersionsOfUser(userId: string): Statement {
  return sql("DELETE FROM feedback_versions WHERE user_id = ?", userId);
}
