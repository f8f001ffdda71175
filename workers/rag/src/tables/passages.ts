import { ok, type Result } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
import { jsonListColumn } from "./columns.ts";

/** What search reads of `live_chunks`, and of what documents are filed under, see migrations/knowledge. */

/** A value that a document must be filed under: kind and folded value of `facets`. */
export type Facet = readonly [kind: string, value: string];

/** What a document is from that doesn't change with its id: its path below library/, or what was sent in. */
export const SOURCE = "COALESCE(documents.source_key, documents.content_hash)";

const IdRowSchema = v.strictObject({ id: v.string() });

const PlaceRowSchema = v.strictObject({ id: v.string(), source: v.string(), position: v.number() });
export type ChunkPlace = Omit<v.InferOutput<typeof PlaceRowSchema>, "id">;

/** What these chunks are from, and where in it they stand: the same after the library was filled anew, unlike their ids. */
export async function readPlaces(
  database: Database,
  ids: readonly string[],
): Promise<Result<ReadonlyMap<string, ChunkPlace>>> {
  const rows = await database.all(
    PlaceRowSchema,
    sql(
      `SELECT chunks.id, ${SOURCE} AS source, chunks.position
       FROM chunks JOIN documents ON documents.id = chunks.document_id
       WHERE chunks.id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(ids),
    ),
  );
  return rows.ok ? ok(new Map(rows.value.map(({ id, ...place }) => [id, place]))) : rows;
}

/** Ids of documents that are filed under all of these, at most `limit`. */
export async function findFiled(
  database: Database,
  facets: readonly Facet[],
  limit: number,
): Promise<Result<string[]>> {
  const { sql: text, values } = filedUnder(facets);
  const rows = await database.all(
    IdRowSchema,
    sql(`SELECT document_id AS id FROM (${text}) LIMIT ?`, ...values, limit),
  );
  return rows.ok ? ok(rows.value.map(({ id }) => id)) : rows;
}

/** Those of the chunks whose document is filed under all of these, in the order given. */
export async function keepFiled(
  database: Database,
  ids: readonly string[],
  facets: readonly Facet[],
): Promise<Result<string[]>> {
  const { sql: text, values } = filedUnder(facets);
  const rows = await database.all(
    IdRowSchema,
    sql(
      `SELECT id FROM chunks WHERE id IN (SELECT value FROM json_each(?)) AND document_id IN (${text})`,
      JSON.stringify(ids),
      ...values,
    ),
  );
  if (!rows.ok) return rows;
  const kept = new Set(rows.value.map(({ id }) => id));
  return ok(ids.filter((id) => kept.has(id)));
}

/** Selects the ids of the documents that are filed under all of these. */
export function filedUnder(facets: readonly Facet[]): Statement {
  const one = `SELECT facets.document_id FROM facets JOIN documents
    ON documents.id = facets.document_id AND documents.live_revision = facets.revision
    WHERE facets.kind = ? AND facets.value = ?`;
  return sql(facets.map(() => one).join(" INTERSECT "), ...facets.flat());
}

const PassageRowSchema = v.strictObject({
  id: v.string(),
  document_id: v.string(),
  title: v.string(),
  author: v.nullable(v.string()),
  topics: jsonListColumn(v.string()),
  composers: jsonListColumn(v.string()),
  section: v.string(),
  page: v.nullable(v.number()),
  char_start: v.number(),
  char_end: v.number(),
  text: v.string(),
  source_key: v.nullable(v.string()),
  filename: v.nullable(v.string()),
});
export type PassageRow = v.InferOutput<typeof PassageRowSchema>;

const PASSAGE_COLUMNS = `id, document_id, title, author, topics, composers, section, page, char_start, char_end, text,
  source_key, filename`;

/** Those of the chunks that search may see just now, in the order given. */
export async function readPassages(
  database: Database,
  ids: readonly string[],
): Promise<Result<PassageRow[]>> {
  const rows = await database.all(
    PassageRowSchema,
    sql(
      `SELECT ${PASSAGE_COLUMNS} FROM live_chunks WHERE id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(ids),
    ),
  );
  if (!rows.ok) return rows;
  const byId = new Map(rows.value.map((row) => [row.id, row]));
  return ok(ids.flatMap((id) => byId.get(id) ?? []));
}

const NumberedPassageRowSchema = v.strictObject({ seq: v.number(), ...PassageRowSchema.entries });

/**
 * The next of all chunks that search may see just now.
 *
 * @param after the number of the last before, 0 for the first.
 * @returns the chunks, and the number of the last of them; null if there are no more.
 */
export async function readPassagesAfter(
  database: Database,
  after: number,
  limit: number,
): Promise<Result<{ readonly passages: readonly PassageRow[]; readonly last: number | null }>> {
  const rows = await database.all(
    NumberedPassageRowSchema,
    sql(`SELECT seq, ${PASSAGE_COLUMNS} FROM live_chunks WHERE seq > ? ORDER BY seq LIMIT ?`, after, limit),
  );
  if (!rows.ok) return rows;
  const last = rows.value.length < limit ? null : (rows.value.at(-1)?.seq ?? null);
  return ok({ passages: rows.value.map(({ seq, ...passage }) => passage), last });
}

const SourceRowSchema = v.strictObject({ id: v.string(), source_key: v.nullable(v.string()) });

/** The paths below library/ of these documents; null for those that were sent in. */
export async function readSourceKeys(
  database: Database,
  documentIds: readonly string[],
): Promise<Result<ReadonlyMap<string, string | null>>> {
  const rows = await database.all(
    SourceRowSchema,
    sql(
      "SELECT id, source_key FROM documents WHERE id IN (SELECT value FROM json_each(?))",
      JSON.stringify(documentIds),
    ),
  );
  return rows.ok ? ok(new Map(rows.value.map(({ id, source_key }) => [id, source_key]))) : rows;
}
