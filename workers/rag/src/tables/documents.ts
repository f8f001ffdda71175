import {
  DocumentSchema,
  type KnowledgeDocument,
  type LibraryManifest,
  LibraryManifestSchema,
  type ListDocumentsQuery,
  ok,
  type Result,
} from "@crescendai/contracts";
import { type Database, type SqlValue, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
import { jsonListColumn } from "./columns.ts";

/** The table `documents`, see migrations/knowledge, with the newest revision of each. Deleted ones aren't read. */

const COLUMNS = `documents.id, documents.origin, documents.source_key, revisions.title, revisions.author,
  revisions.document_type, revisions.level, revisions.topics, revisions.dimensions, revisions.composers,
  revisions.sources, revisions.filename, revisions.media_type, revisions.size_bytes,
  revisions.content_hash AS sha256, revisions.revision, revisions.status, revisions.error,
  documents.live_revision IS NOT NULL AS searchable, revisions.chunk_count, revisions.embedding_model,
  documents.created_at, documents.updated_at`;

const WITH_NEWEST_REVISION = `documents JOIN revisions
  ON revisions.document_id = documents.id AND revisions.revision = documents.revision`;

const DocumentRowSchema = v.strictObject({
  ...DocumentSchema.entries,
  topics: jsonListColumn(v.string()),
  dimensions: jsonListColumn(DocumentSchema.entries.dimensions.item),
  composers: jsonListColumn(v.string()),
  sources: jsonListColumn(v.string()),
  searchable: v.pipe(
    v.number(),
    v.transform((flag) => flag !== 0),
  ),
});

const CountRowSchema = v.strictObject({ total: v.number() });

export function findDocument(database: Database, id: string): Promise<Result<KnowledgeDocument | null>> {
  return database.first(
    DocumentRowSchema,
    sql(
      `SELECT ${COLUMNS} FROM ${WITH_NEWEST_REVISION} WHERE documents.id = ? AND documents.deleted_at IS NULL`,
      id,
    ),
  );
}

/** One page of the documents, newest first. */
export function listDocuments(
  database: Database,
  query: ListDocumentsQuery,
): Promise<Result<KnowledgeDocument[]>> {
  const { conditions, values } = filters(query);
  return database.all(
    DocumentRowSchema,
    sql(
      `SELECT ${COLUMNS} FROM ${WITH_NEWEST_REVISION} WHERE ${conditions}
       ORDER BY documents.seq DESC LIMIT ? OFFSET ?`,
      ...values,
      query.limit,
      (query.page - 1) * query.limit,
    ),
  );
}

export async function countDocuments(database: Database, query: ListDocumentsQuery): Promise<Result<number>> {
  const { conditions, values } = filters(query);
  const row = await database.first(
    CountRowSchema,
    sql(`SELECT COUNT(*) AS total FROM ${WITH_NEWEST_REVISION} WHERE ${conditions}`, ...values),
  );
  return row.ok ? ok(row.value?.total ?? 0) : row;
}

function filters({ status, document_type, origin }: ListDocumentsQuery): {
  conditions: string;
  values: SqlValue[];
} {
  const conditions = ["documents.deleted_at IS NULL"];
  const values: SqlValue[] = [];
  for (const [column, value] of [
    ["revisions.status", status],
    ["revisions.document_type", document_type],
    ["documents.origin", origin],
  ] as const) {
    if (value === undefined) continue;
    conditions.push(`${column} = ?`);
    values.push(value);
  }
  return { conditions: conditions.join(" AND "), values };
}

/** What tells whether something that is sent is there already. */
const IdentityRowSchema = v.strictObject({
  id: v.string(),
  source_key: v.nullable(v.string()),
  revision: v.number(),
  content_hash: v.string(),
  media_type: v.string(),
  given: v.string(),
});
export type DocumentIdentity = v.InferOutput<typeof IdentityRowSchema>;

/** The documents of these files of the library, and of these contents that were sent in; those that are there. */
export function findIdentities(
  database: Database,
  sourceKeys: readonly string[],
  contentHashes: readonly string[],
): Promise<Result<DocumentIdentity[]>> {
  const columns = `SELECT documents.id, documents.source_key, documents.revision, revisions.content_hash,
                          revisions.media_type, revisions.given
                   FROM ${WITH_NEWEST_REVISION}`;
  return database.all(
    IdentityRowSchema,
    sql(
      `${columns} WHERE documents.source_key IN (SELECT value FROM json_each(?)) AND documents.deleted_at IS NULL
       UNION ALL
       ${columns} WHERE documents.content_hash IN (SELECT value FROM json_each(?)) AND documents.origin = 'upload'
         AND documents.deleted_at IS NULL`,
      JSON.stringify(sourceKeys),
      JSON.stringify(contentHashes),
    ),
  );
}

const StatusRowSchema = v.strictObject({
  id: v.string(),
  status: DocumentSchema.entries.status,
  error: DocumentSchema.entries.error,
});
export type DocumentState = v.InferOutput<typeof StatusRowSchema>;

/** How far these documents are. */
export function findStates(database: Database, ids: readonly string[]): Promise<Result<DocumentState[]>> {
  return database.all(
    StatusRowSchema,
    sql(
      `SELECT documents.id, revisions.status, revisions.error FROM ${WITH_NEWEST_REVISION}
       WHERE documents.id IN (SELECT value FROM json_each(?)) AND documents.deleted_at IS NULL`,
      JSON.stringify(ids),
    ),
  );
}

/** Every file of the library that is held, by its path. */
export async function readLibraryManifest(database: Database): Promise<Result<LibraryManifest>> {
  const documents = await database.all(
    LibraryManifestSchema.entries.documents.item,
    sql(
      `SELECT source_key, content_hash AS sha256 FROM documents
       WHERE source_key IS NOT NULL AND deleted_at IS NULL ORDER BY source_key`,
    ),
  );
  return documents.ok ? ok({ documents: documents.value }) : documents;
}

/** Adds a document with its first revision to come; changes no row if there is one of the same file or content. */
export function insertDocument(document: {
  readonly id: string;
  readonly origin: "library" | "upload";
  readonly sourceKey: string | null;
  readonly contentHash: string;
  readonly now: string;
}): Statement {
  return sql(
    `INSERT INTO documents (id, origin, source_key, content_hash, revision, created_at, updated_at)
     VALUES (?, ?, ?, ?, 1, ?, ?) ON CONFLICT DO NOTHING`,
    document.id,
    document.origin,
    document.sourceKey,
    document.contentHash,
    document.now,
    document.now,
  );
}

/** Makes room for the revision after `revision`; changes no row if somebody else did, or the document is gone. */
export function advanceDocument(id: string, revision: number, contentHash: string, now: string): Statement {
  return sql(
    `UPDATE documents SET revision = revision + 1, content_hash = ?, updated_at = ?
     WHERE id = ? AND revision = ? AND deleted_at IS NULL`,
    contentHash,
    now,
    id,
    revision,
  );
}

/** Has a row while the document is there and this its newest revision. */
export function isNewest(id: string, revision: number): Statement {
  return sql("SELECT 1 FROM documents WHERE id = ? AND revision = ? AND deleted_at IS NULL", id, revision);
}

/** Has a row while the document is there. */
export function isThere(id: string): Statement {
  return sql("SELECT 1 FROM documents WHERE id = ? AND deleted_at IS NULL", id);
}

/** Lets search see a revision instead of the one before; changes no row unless it is the newest. */
export function switchOver(id: string, revision: number, now: string): Statement {
  return sql(
    `UPDATE documents SET live_revision = ?, updated_at = ? WHERE id = ? AND revision = ? AND deleted_at IS NULL`,
    revision,
    now,
    id,
    revision,
  );
}

/** Hides a document from everybody; its row goes with the last trace of it. */
export function markDeleted(id: string, now: string): Statement {
  return sql(
    "UPDATE documents SET deleted_at = ?, live_revision = NULL WHERE id = ? AND deleted_at IS NULL",
    now,
    id,
  );
}

/** Removes the row of a deleted document that has no revision any more. */
export function removeDeleted(id: string): Statement {
  return sql(
    `DELETE FROM documents WHERE id = ? AND deleted_at IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM revisions WHERE document_id = id)`,
    id,
  );
}
