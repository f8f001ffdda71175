import type { PendingUpload, Result } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";

/** The table `pending_uploads`, see migrations/recordings. */

const COLUMNS = "id, user_id, object_key, multipart_upload_id, idempotency_key";

const PendingUploadSchema = v.strictObject({
  id: v.string(),
  user_id: v.string(),
  object_key: v.string(),
  multipart_upload_id: v.nullable(v.string()),
  idempotency_key: v.nullable(v.string()),
});

/** Changes no row while another upload of the user's is under way with the same idempotency key. */
export function insertPending(upload: PendingUpload, now: string): Statement {
  return sql(
    `INSERT INTO pending_uploads (${COLUMNS}, touched_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    upload.id,
    upload.user_id,
    upload.object_key,
    upload.multipart_upload_id,
    upload.idempotency_key,
    now,
  );
}

/** Writes down that an upload is still under way. `now`: ISO 8601. */
export function touchPending(id: string, now: string): Statement {
  return sql("UPDATE pending_uploads SET touched_at = ? WHERE id = ?", now, id);
}

/** From now on the upload can't become a recording, and its idempotency key is free for another try. */
export function markGivenUp(id: string, now: string): Statement {
  return sql(
    `UPDATE pending_uploads SET given_up_at = ?, idempotency_key = NULL WHERE id = ? AND given_up_at IS NULL`,
    now,
    id,
  );
}

/** Removes the trace of an upload. */
export function removePending(id: string): Statement {
  return sql("DELETE FROM pending_uploads WHERE id = ?", id);
}

/** Removes the upload if it became a recording; changes no row if it didn't. */
export function removeCompleted(id: string): Statement {
  return sql(
    "DELETE FROM pending_uploads WHERE id = ? AND id IN (SELECT id FROM recordings WHERE id = ?)",
    id,
    id,
  );
}

/** The upload, unless it was given up. */
export function findPending(database: Database, id: string): Promise<Result<PendingUpload | null>> {
  return database.first(
    PendingUploadSchema,
    sql(`SELECT ${COLUMNS} FROM pending_uploads WHERE id = ? AND given_up_at IS NULL`, id),
  );
}

/** Uploads that nobody has touched since `before` (ISO 8601), longest untouched first. */
export function findStale(
  database: Database,
  before: string,
  limit: number,
): Promise<Result<PendingUpload[]>> {
  return database.all(
    PendingUploadSchema,
    sql(
      `SELECT ${COLUMNS} FROM pending_uploads WHERE touched_at < ? ORDER BY touched_at LIMIT ?`,
      before,
      limit,
    ),
  );
}
