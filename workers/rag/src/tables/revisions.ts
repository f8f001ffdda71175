import {
  DocumentMediaTypeSchema,
  DocumentMetadataSchema,
  DocumentStatusSchema,
  type Result,
} from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
import type { ResolvedMetadata } from "../ingestion/metadata.ts";

/** The table `revisions`, see migrations/knowledge. */

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

/** Which revision of which document. */
export type RevisionName = Pick<RevisionWork, "document_id" | "revision">;

/** Revisions as a list of JSON, for a statement that joins them as `named`: `value ->> 0` and `value ->> 1`. */
export function namesOf(revisions: readonly RevisionName[]): string {
  return JSON.stringify(revisions.map(({ document_id, revision }) => [document_id, revision]));
}

const ObjectRowSchema = v.strictObject({
  document_id: v.string(),
  revision: v.number(),
  object_key: v.string(),
});
export type SupersededRevision = v.InferOutput<typeof ObjectRowSchema>;

/** A revision that is to be: all of it but what the work on it will say. */
export interface NewRevision {
  readonly documentId: string;
  readonly revision: number;
  readonly metadata: ResolvedMetadata;
  /** `DocumentMetadata` as JSON. */
  readonly given: string;
  readonly filename: string | null;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly contentHash: string;
  readonly objectKey: string;
  readonly now: string;
  /** Until when nobody but whoever stores it works on it. */
  readonly leaseUntil: string;
}

/**
 * Adds a revision to its document, taken up already. Changes no row unless it is the document's newest, its object is
 * spoken for, and it isn't there yet.
 */
export function insertRevision(revision: NewRevision): Statement {
  const { metadata } = revision;
  return sql(
    `INSERT INTO revisions (document_id, revision, title, author, document_type, level, topics, dimensions, composers,
                            sources, given, filename, media_type, size_bytes, content_hash, object_key, status,
                            attempts, next_attempt_at, created_at)
     SELECT id, revision, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, content_hash, ?, 'pending', 1, ?, ? FROM documents
     WHERE id = ? AND revision = ? AND content_hash = ? AND deleted_at IS NULL
       AND (EXISTS (SELECT 1 FROM unclaimed_objects WHERE object_key = ?)
         OR EXISTS (SELECT 1 FROM revisions WHERE object_key = ?))
     ON CONFLICT DO NOTHING`,
    metadata.title,
    metadata.author,
    metadata.document_type,
    metadata.level,
    JSON.stringify(metadata.topics),
    JSON.stringify(metadata.dimensions),
    JSON.stringify(metadata.composers),
    JSON.stringify(metadata.sources),
    revision.given,
    revision.filename,
    revision.mediaType,
    revision.sizeBytes,
    revision.objectKey,
    revision.leaseUntil,
    revision.now,
    revision.documentId,
    revision.revision,
    revision.contentHash,
    revision.objectKey,
    revision.objectKey,
  );
}

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
    metadata.title,
    metadata.author,
    metadata.document_type,
    metadata.level,
    JSON.stringify(metadata.topics),
    JSON.stringify(metadata.dimensions),
    JSON.stringify(metadata.composers),
    JSON.stringify(metadata.sources),
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

/**
 * Revisions that nobody will see again: replaced ones, overtaken ones, all of deleted documents.
 *
 * @param documentIds of these documents; null: of all.
 */
export function findSuperseded(
  database: Database,
  limit: number,
  documentIds: readonly string[] | null,
): Promise<Result<SupersededRevision[]>> {
  return database.all(
    ObjectRowSchema,
    sql(
      `SELECT revisions.document_id, revisions.revision, revisions.object_key FROM revisions
       JOIN documents ON documents.id = revisions.document_id
       WHERE (documents.deleted_at IS NOT NULL
           OR (revisions.revision <> documents.revision AND revisions.revision IS NOT documents.live_revision))
         ${documentIds === null ? "" : "AND documents.id IN (SELECT value FROM json_each(?))"}
       LIMIT ?`,
      ...(documentIds === null ? [] : [JSON.stringify(documentIds)]),
      limit,
    ),
  );
}

/** Removes a revision without chunks; its object is left to nobody, unless another revision has the same. */
export function removeRevision(
  { document_id, revision, object_key }: SupersededRevision,
  now: string,
): Statement[] {
  return [
    sql("DELETE FROM facets WHERE document_id = ? AND revision = ?", document_id, revision),
    sql("DELETE FROM revisions WHERE document_id = ? AND revision = ?", document_id, revision),
    sql(
      `INSERT INTO unclaimed_objects (object_key, remove_after)
       SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM revisions WHERE object_key = ?) ON CONFLICT DO NOTHING`,
      object_key,
      now,
      object_key,
    ),
  ];
}

/** Where the bytes of a document's newest revision are, and what they are. */
const OriginalRowSchema = v.strictObject({
  object_key: v.string(),
  media_type: DocumentMediaTypeSchema,
  filename: v.nullable(v.string()),
  size_bytes: v.number(),
  content_hash: v.string(),
  revision: v.number(),
  given: v.string(),
});
export type StoredOriginal = v.InferOutput<typeof OriginalRowSchema>;

export function findOriginal(database: Database, documentId: string): Promise<Result<StoredOriginal | null>> {
  return database.first(
    OriginalRowSchema,
    sql(
      `SELECT revisions.object_key, revisions.media_type, revisions.filename, revisions.size_bytes,
              revisions.content_hash, revisions.revision, revisions.given
       FROM documents JOIN revisions
         ON revisions.document_id = documents.id AND revisions.revision = documents.revision
       WHERE documents.id = ? AND documents.deleted_at IS NULL`,
      documentId,
    ),
  );
}
