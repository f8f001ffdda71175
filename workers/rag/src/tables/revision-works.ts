import {
  DocumentMediaTypeSchema,
  DocumentMetadataSchema,
  DocumentStatusSchema,
  type Result,
} from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
import type { ResolvedMetadata } from "../ingestion/metadata.ts";
import { metadataValues } from "./columns.ts";
import { namesOf, type RevisionName } from "./revisions.ts";

/** The table `revisions`, see migrations/knowledge: how far the work on them is. */

/** A revision as whoever works on it takes it up. */
const WorkRowSchema = v.strictObject({
  document_id: v.string(),
  revision: v.number(),
  title: v.string(),
  author: v.nullable(v.string()),
  document_type: v.string(),
  level: v.string(),
  given: v.pipe(v.string(), v.parseJson(), DocumentMetadataSchema),
  filename: v.nullable(v.string()),
  media_type: DocumentMediaTypeSchema,
  object_key: v.string(),
  size_bytes: v.number(),
  status: DocumentStatusSchema,
  attempts: v.number(),
});
export type RevisionWork = v.InferOutput<typeof WorkRowSchema>;

const WORK_COLUMNS = `revisions.document_id, revisions.revision, revisions.title, revisions.author,
  revisions.document_type, revisions.level, revisions.given, revisions.filename, revisions.media_type,
  revisions.object_key, revisions.size_bytes, revisions.status, revisions.attempts`;

/** Those of the revisions that are there. */
export function findWorks(
  database: Database,
  revisions: readonly RevisionName[],
): Promise<Result<RevisionWork[]>> {
  return database.all(
    WorkRowSchema,
    sql(
      `SELECT ${WORK_COLUMNS} FROM json_each(?) AS named JOIN revisions
         ON revisions.document_id = named.value ->> 0 AND revisions.revision = named.value ->> 1
       ORDER BY named.key`,
      namesOf(revisions),
    ),
  );
}

/** Revisions that wait to be worked on, longest waiting first. */
export function findDue(database: Database, now: string, limit: number): Promise<Result<RevisionWork[]>> {
  return database.all(
    WorkRowSchema,
    sql(
      `SELECT ${WORK_COLUMNS} FROM revisions JOIN documents
         ON documents.id = revisions.document_id AND documents.revision = revisions.revision
       WHERE revisions.status IN ('pending', 'processing') AND revisions.next_attempt_at <= ?
         AND documents.deleted_at IS NULL
       ORDER BY revisions.next_attempt_at LIMIT ?`,
      now,
      limit,
    ),
  );
}

/** Revisions that search sees and whose vectors another model made, in no particular order. */
export function findOfOtherModels(
  database: Database,
  model: string,
  now: string,
  limit: number,
): Promise<Result<RevisionWork[]>> {
  return database.all(
    WorkRowSchema,
    sql(
      `SELECT ${WORK_COLUMNS} FROM revisions JOIN documents
         ON documents.id = revisions.document_id AND documents.live_revision = revisions.revision
       WHERE revisions.status = 'ready' AND revisions.embedding_model <> ? AND revisions.next_attempt_at <= ?
       LIMIT ?`,
      model,
      now,
      limit,
    ),
  );
}

/** Takes a revision up until `until`; changes no row if somebody else has, or has finished it. */
export function claim(
  { document_id, revision, status }: RevisionWork,
  now: string,
  until: string,
): Statement {
  return sql(
    `UPDATE revisions SET attempts = attempts + 1, next_attempt_at = ?
     WHERE document_id = ? AND revision = ? AND status = ? AND next_attempt_at <= ?`,
    until,
    document_id,
    revision,
    status,
    now,
  );
}

/** Says that revisions are still being worked on. */
export function extendLeases(revisions: readonly RevisionName[], until: string): Statement {
  return sql(
    `UPDATE revisions SET next_attempt_at = ?
     WHERE (document_id, revision) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))`,
    until,
    namesOf(revisions),
  );
}

/** What was read: what the document says of itself, and how many chunks it has. */
export function markRead(
  { document_id, revision }: RevisionWork,
  metadata: ResolvedMetadata,
  chunkCount: number,
): Statement {
  return sql(
    `UPDATE revisions SET status = 'processing', error = NULL, title = ?, author = ?, document_type = ?, level = ?,
       topics = ?, dimensions = ?, composers = ?, sources = ?, chunk_count = ?
     WHERE document_id = ? AND revision = ?`,
    ...metadataValues(metadata),
    chunkCount,
    document_id,
    revision,
  );
}

/** All is done: a vector of this model for every chunk. */
export function markReady({ document_id, revision }: RevisionWork, model: string, now: string): Statement {
  return sql(
    `UPDATE revisions SET status = 'ready', error = NULL, attempts = 0, next_attempt_at = ?, embedding_model = ?
     WHERE document_id = ? AND revision = ?`,
    now,
    model,
    document_id,
    revision,
  );
}

/** It will never be read. */
export function markFailed({ document_id, revision }: RevisionWork, error: string): Statement {
  return sql(
    "UPDATE revisions SET status = 'failed', error = ? WHERE document_id = ? AND revision = ?",
    error,
    document_id,
    revision,
  );
}

/** It is to be tried again, not before `at`. Vectors that another model made are no longer counted on. */
export function markWaiting({ document_id, revision }: RevisionWork, error: string, at: string): Statement {
  return sql(
    `UPDATE revisions SET status = CASE status WHEN 'ready' THEN 'processing' ELSE status END, error = ?,
       next_attempt_at = ?, embedding_model = NULL
     WHERE document_id = ? AND revision = ?`,
    error,
    at,
    document_id,
    revision,
  );
}

/** All that search sees is to get its vectors anew. */
export function forgetVectors(now: string): Statement[] {
  return [
    sql("UPDATE chunks SET vector_model = NULL"),
    sql(
      `UPDATE revisions SET status = 'processing', attempts = 0, next_attempt_at = ?, embedding_model = NULL
       WHERE status IN ('ready', 'processing')`,
      now,
    ),
  ];
}
