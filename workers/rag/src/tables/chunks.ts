import { type Chunk, ChunkSchema, ok, type Result } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
import type { NewChunk } from "../ingestion/new-chunks.ts";
import { namesOf, type RevisionName } from "./revisions.ts";

/** The tables `chunks` and `facets`, see migrations/knowledge. */

/** Code units of JSON in one statement: D1 takes values up to 2 MB, and a unit may be three bytes. */
const MAX_JSON_LENGTH = 500_000;

/**
 * Writes a revision's chunks and facets, in place of what an attempt before left; nothing unless `onlyIf` has a row.
 */
export function insertChunks(
  documentId: string,
  revision: number,
  chunks: readonly NewChunk[],
  facets: readonly (readonly [kind: string, value: string])[],
  onlyIf: Statement,
): Statement[] {
  return [
    sql("DELETE FROM chunks WHERE document_id = ? AND revision = ?", documentId, revision),
    sql("DELETE FROM facets WHERE document_id = ? AND revision = ?", documentId, revision),
    ...inPortions(chunks).map((portion) =>
      sql(
        `INSERT INTO chunks (id, document_id, revision, position, section, page, char_start, char_end, text)
         SELECT value ->> 'id', ?, ?, value ->> 'position', value ->> 'section', value ->> 'page', value ->> 'start',
                value ->> 'end', value ->> 'text'
         FROM json_each(?) WHERE EXISTS (${onlyIf.sql})`,
        documentId,
        revision,
        portion,
        ...onlyIf.values,
      ),
    ),
    sql(
      `INSERT INTO facets (kind, value, document_id, revision)
       SELECT DISTINCT value ->> 0, value ->> 1, ?, ? FROM json_each(?) WHERE EXISTS (${onlyIf.sql})`,
      documentId,
      revision,
      JSON.stringify(facets),
      ...onlyIf.values,
    ),
  ];
}

/** The chunks as texts of JSON lists, each within the limit of a value. */
function inPortions(chunks: readonly NewChunk[]): string[] {
  const portions: string[] = [];
  let portion: string[] = [];
  let length = 0;
  for (const chunk of chunks) {
    const json = JSON.stringify(chunk);
    if (portion.length > 0 && length + json.length > MAX_JSON_LENGTH) {
      portions.push(`[${portion.join(",")}]`);
      portion = [];
      length = 0;
    }
    portion.push(json);
    length += json.length + 1;
  }
  if (portion.length > 0) portions.push(`[${portion.join(",")}]`);
  return portions;
}

const UnembeddedRowSchema = v.strictObject({
  seq: v.number(),
  id: v.string(),
  document_id: v.string(),
  section: v.string(),
  text: v.string(),
});
export type UnembeddedChunk = v.InferOutput<typeof UnembeddedRowSchema>;

/** Chunks of revisions without a vector of this model, in their order. */
export function findUnembedded(
  database: Database,
  revisions: readonly RevisionName[],
  model: string,
  limit: number,
): Promise<Result<UnembeddedChunk[]>> {
  return database.all(
    UnembeddedRowSchema,
    sql(
      `SELECT chunks.seq, chunks.id, chunks.document_id, chunks.section, chunks.text
       FROM json_each(?) AS named JOIN chunks
         ON chunks.document_id = named.value ->> 0 AND chunks.revision = named.value ->> 1
       WHERE chunks.vector_model IS NOT ? ORDER BY named.key, chunks.position LIMIT ?`,
      namesOf(revisions),
      model,
      limit,
    ),
  );
}

const DocumentIdRowSchema = v.strictObject({ document_id: v.string() });

/** Documents of which some chunk of these revisions has no vector of this model. */
export async function findIncomplete(
  database: Database,
  revisions: readonly RevisionName[],
  model: string,
): Promise<Result<Set<string>>> {
  const rows = await database.all(
    DocumentIdRowSchema,
    sql(
      `SELECT DISTINCT chunks.document_id FROM json_each(?) AS named JOIN chunks
         ON chunks.document_id = named.value ->> 0 AND chunks.revision = named.value ->> 1
       WHERE chunks.vector_model IS NOT ?`,
      namesOf(revisions),
      model,
    ),
  );
  return rows.ok ? ok(new Set(rows.value.map(({ document_id }) => document_id))) : rows;
}

/** Says that these chunks have a vector of this model; how many rows change is how many are still there. */
export function markEmbedded(seqs: readonly number[], model: string): Statement {
  return sql(
    "UPDATE chunks SET vector_model = ? WHERE seq IN (SELECT value FROM json_each(?))",
    model,
    JSON.stringify(seqs),
  );
}

const IdRowSchema = v.strictObject({ id: v.string() });

async function findIds(database: Database, statement: Statement): Promise<Result<string[]>> {
  const rows = await database.all(IdRowSchema, statement);
  return rows.ok ? ok(rows.value.map(({ id }) => id)) : rows;
}

/** Ids of the revisions' chunks, which are those of their vectors. */
export function findChunkIds(
  database: Database,
  revisions: readonly RevisionName[],
  limit: number,
): Promise<Result<string[]>> {
  return findIds(
    database,
    sql(
      `SELECT chunks.id FROM json_each(?) AS named JOIN chunks
         ON chunks.document_id = named.value ->> 0 AND chunks.revision = named.value ->> 1
       LIMIT ?`,
      namesOf(revisions),
      limit,
    ),
  );
}

/** Those of the ids that no chunk has any more. */
export function findGone(database: Database, ids: readonly string[]): Promise<Result<string[]>> {
  return findIds(
    database,
    sql(
      "SELECT value AS id FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM chunks WHERE chunks.id = value)",
      JSON.stringify(ids),
    ),
  );
}

export function removeChunks(ids: readonly string[]): Statement {
  return sql("DELETE FROM chunks WHERE id IN (SELECT value FROM json_each(?))", JSON.stringify(ids));
}

/** One page of the chunks of a document's newest revision. */
export function listChunks(
  database: Database,
  documentId: string,
  revision: number,
  { page, limit }: { readonly page: number; readonly limit: number },
): Promise<Result<Chunk[]>> {
  return database.all(
    ChunkSchema,
    sql(
      `SELECT id AS chunk_id, position, section, page, char_start, char_end, text FROM chunks
       WHERE document_id = ? AND revision = ? ORDER BY position LIMIT ? OFFSET ?`,
      documentId,
      revision,
      limit,
      (page - 1) * limit,
    ),
  );
}
