import { DocumentMediaTypeSchema, type Result } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
import type { ResolvedMetadata } from "../ingestion/metadata.ts";
import { metadataValues } from "./columns.ts";

/** The table `revisions`, see migrations/knowledge: how they come, where their originals are, and how they go. */

/** Which revision of which document. */
export interface RevisionName {
  readonly document_id: string;
  readonly revision: number;
}

/** Revisions as a list of JSON, for a statement that joins them as `named`: `value ->> 0` and `value ->> 1`. */
export function namesOf(revisions: readonly RevisionName[]): string {
  return JSON.stringify(revisions.map(({ document_id, revision }) => [document_id, revision]));
}

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
    ...metadataValues(metadata),
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

const ObjectRowSchema = v.strictObject({
  document_id: v.string(),
  revision: v.number(),
  object_key: v.string(),
});
export type SupersededRevision = v.InferOutput<typeof ObjectRowSchema>;

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
