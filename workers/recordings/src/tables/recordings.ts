import {
  type FinishedUpload,
  type ListRecordingsQuery,
  ok,
  type Recording,
  RecordingSchema,
  type RecordingStatus,
  type Result,
  type StoredRecording,
} from "@crescendai/contracts";
import { type Database, type SqlValue, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
import type { Instants } from "../list-query.ts";

/** The table `recordings`, see migrations/recordings. Every read leaves out what is deleted. */

const PUBLIC_COLUMNS = "id, filename, file_size, duration, mime_type, sha256, status, created_at, updated_at";

const StoredRecordingSchema = v.strictObject({
  ...RecordingSchema.entries,
  user_id: v.string(),
  object_key: v.string(),
});

const CountRowSchema = v.strictObject({ total: v.number() });
const IdRowSchema = v.strictObject({ id: v.string() });
const OwnedRowSchema = v.strictObject({ id: v.string(), user_id: v.string() });
const ObjectRowSchema = v.strictObject({ id: v.string(), object_key: v.string() });
export type StoredObject = v.InferOutput<typeof ObjectRowSchema>;

/** A recording of the user's; null for another's or a deleted one, as for one that never was. */
export function findRecording(
  database: Database,
  userId: string,
  id: string,
): Promise<Result<StoredRecording | null>> {
  return database.first(
    StoredRecordingSchema,
    sql(
      `SELECT ${PUBLIC_COLUMNS}, user_id, object_key FROM recordings
       WHERE id = ? AND user_id = ? AND deleted_at IS NULL`,
      id,
      userId,
    ),
  );
}

/** The user's recording of these bytes, by their SHA-256 in hexadecimal; null if there is none that isn't deleted. */
export function findByBytes(
  database: Database,
  userId: string,
  sha256: string,
): Promise<Result<Recording | null>> {
  return database.first(
    RecordingSchema,
    sql(
      `SELECT ${PUBLIC_COLUMNS} FROM recordings WHERE user_id = ? AND sha256 = ? AND deleted_at IS NULL`,
      userId,
      sha256,
    ),
  );
}

/** The recording that the user's upload under this idempotency key became. */
export function findByIdempotencyKey(
  database: Database,
  userId: string,
  key: string,
): Promise<Result<Recording | null>> {
  return database.first(
    RecordingSchema,
    sql(
      `SELECT ${PUBLIC_COLUMNS} FROM recordings
       WHERE user_id = ? AND idempotency_key = ? AND deleted_at IS NULL`,
      userId,
      key,
    ),
  );
}

/** Whether an upload became a recording, even one that is deleted by now. */
export async function isRecording(database: Database, id: string): Promise<Result<boolean>> {
  const row = await database.first(IdRowSchema, sql("SELECT id FROM recordings WHERE id = ?", id));
  return row.ok ? ok(row.value !== null) : row;
}

/** Turns a pending upload into a recording; changes no row if the upload is not pending or the bytes are there. */
export function insertFromPending(upload: FinishedUpload, now: string): Statement {
  return sql(
    `INSERT INTO recordings (id, user_id, filename, file_size, duration, mime_type, sha256, object_key, status,
                             idempotency_key, created_at, updated_at)
     SELECT id, user_id, ?, ?, ?, ?, ?, object_key, 'uploaded', idempotency_key, ?, ?
     FROM pending_uploads WHERE id = ? AND user_id = ? AND given_up_at IS NULL
     ON CONFLICT DO NOTHING`,
    upload.filename,
    upload.file_size,
    upload.duration,
    upload.mime_type,
    upload.sha256,
    now,
    now,
    upload.id,
    upload.user_id,
  );
}

/** One page of a user's recordings, in an order without ties. */
export function listRecordings(
  database: Database,
  userId: string,
  query: ListRecordingsQuery,
  instants: Instants,
): Promise<Result<Recording[]>> {
  const { conditions, values } = filters(userId, query, instants);
  // `sort_by` and `order` come from the contract's allow-list, never from the caller's text.
  return database.all(
    RecordingSchema,
    sql(
      `SELECT ${PUBLIC_COLUMNS} FROM recordings WHERE ${conditions}
       ORDER BY ${query.sort_by} ${query.order}, seq ${query.order} LIMIT ? OFFSET ?`,
      ...values,
      query.limit,
      (query.page - 1) * query.limit,
    ),
  );
}

/**
 * How many recordings a list has. Without a range of dates it is read from the counts that triggers keep (one row
 * a status); within a range it is counted over the index.
 */
export async function countRecordings(
  database: Database,
  userId: string,
  query: ListRecordingsQuery,
  instants: Instants,
): Promise<Result<number>> {
  const row = await database.first(CountRowSchema, countStatement(userId, query, instants));
  return row.ok ? ok(row.value?.total ?? 0) : row;
}

function countStatement(userId: string, query: ListRecordingsQuery, instants: Instants): Statement {
  if (instants.from !== null || instants.to !== null) {
    const { conditions, values } = filters(userId, query, instants);
    return sql(`SELECT COUNT(*) AS total FROM recordings WHERE ${conditions}`, ...values);
  }
  const counts = "SELECT COALESCE(SUM(recordings), 0) AS total FROM recording_counts WHERE user_id = ?";
  return query.status === undefined
    ? sql(counts, userId)
    : sql(`${counts} AND status = ?`, userId, query.status);
}

function filters(
  userId: string,
  query: ListRecordingsQuery,
  instants: Instants,
): { conditions: string; values: SqlValue[] } {
  const conditions = ["user_id = ?", "deleted_at IS NULL"];
  const values: SqlValue[] = [userId];
  if (query.status !== undefined) {
    conditions.push("status = ?");
    values.push(query.status);
  }
  if (instants.from !== null) {
    conditions.push("created_at >= ?");
    values.push(instants.from);
  }
  if (instants.to !== null) {
    conditions.push("created_at <= ?");
    values.push(instants.to);
  }
  return { conditions: conditions.join(" AND "), values };
}

/** Sets how far a recording is; changes no row of a deleted one. `now`: ISO 8601. */
export function updateStatus(id: string, status: RecordingStatus, now: string): Statement {
  return sql(
    "UPDATE recordings SET status = ?, updated_at = ? WHERE id = ? AND deleted_at IS NULL",
    status,
    now,
    id,
  );
}

/** Recordings that haven't been listened to to an end, unchanged since `before`; longest unchanged first. */
export function findUnfinished(
  database: Database,
  before: string,
  limit: number,
): Promise<Result<Pick<StoredRecording, "id" | "user_id">[]>> {
  return database.all(
    OwnedRowSchema,
    sql(
      `SELECT id, user_id FROM recordings WHERE status IN ('uploaded', 'analyzing') AND deleted_at IS NULL AND updated_at < ?
       ORDER BY updated_at LIMIT ?`,
      before,
      limit,
    ),
  );
}

/** Has a row while the recording is the user's and not deleted. */
export function isLive(userId: string, id: string): Statement {
  return sql("SELECT 1 FROM recordings WHERE id = ? AND user_id = ? AND deleted_at IS NULL", id, userId);
}

/** Hides a recording from everybody; its row goes once every service has forgotten it. */
export function markDeleted(userId: string, id: string, now: string): Statement {
  return sql(
    "UPDATE recordings SET deleted_at = ? WHERE id = ? AND user_id = ? AND deleted_at IS NULL",
    now,
    id,
    userId,
  );
}

/** Recordings that are deleted but not gone yet, longest deleted first. */
export function findDeleted(database: Database, limit: number): Promise<Result<StoredObject[]>> {
  return database.all(
    ObjectRowSchema,
    sql(
      `SELECT id, object_key FROM recordings WHERE deleted_at IS NOT NULL ORDER BY deleted_at LIMIT ?`,
      limit,
    ),
  );
}

/** A recording that is deleted but not gone yet; null otherwise. */
export function findDeletedById(database: Database, id: string): Promise<Result<StoredObject | null>> {
  return database.first(
    ObjectRowSchema,
    sql("SELECT id, object_key FROM recordings WHERE id = ? AND deleted_at IS NOT NULL", id),
  );
}

/** Removes a recording's row if it is deleted; changes no row otherwise. */
export function removeDeleted(id: string): Statement {
  return sql("DELETE FROM recordings WHERE id = ? AND deleted_at IS NOT NULL", id);
}

/** Everything of a user's, deleted or not, in pages of `limit`. */
export function findObjectsOfUser(
  database: Database,
  userId: string,
  limit: number,
): Promise<Result<StoredObject[]>> {
  return database.all(
    ObjectRowSchema,
    sql("SELECT id, object_key FROM recordings WHERE user_id = ? LIMIT ?", userId, limit),
  );
}

/** Removes a recording's row, deleted or not. */
export function removeRecording(id: string): Statement {
  return sql("DELETE FROM recordings WHERE id = ?", id);
}

/** Of a user without recordings: the empty counts that are left of them. */
export function removeCounts(userId: string): Statement {
  return sql("DELETE FROM recording_counts WHERE user_id = ? AND recordings = 0", userId);
}

/** What a user gets when they ask for everything we hold, in pages of `limit`. */
export function exportRecordings(
  database: Database,
  userId: string,
  limit: number,
  offset: number,
): Promise<Result<Recording[]>> {
  return database.all(
    RecordingSchema,
    sql(
      `SELECT ${PUBLIC_COLUMNS} FROM recordings WHERE user_id = ? AND deleted_at IS NULL
       ORDER BY created_at, seq LIMIT ? OFFSET ?`,
      userId,
      limit,
      offset,
    ),
  );
}
