import { ok, type Result } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
import { STATISTICS_ENTRIES, statisticsColumns, type WordStatistics } from "./index-words.ts";

/** What search and its caches must know of the whole library, see migrations/knowledge. */

const StateRowSchema = v.strictObject({
  generation: v.number(),
  vectors_of_others: v.number(),
  ...STATISTICS_ENTRIES,
});

export interface SearchState {
  /** Changes with everything that may change an answer: caches have it in their keys. */
  readonly generation: number;
  /**
   * Whether vectors may be asked: not while some of what search sees has vectors of another model, because what isn't
   * comparable would be missing without a word. Those that are there stand in the model's own namespace of the index.
   */
  readonly vectorsComplete: boolean;
  /** Of the words that were asked for; null if none was. */
  readonly statistics: WordStatistics | null;
}

/** @param stems words of the index that are to be counted, in the same read. */
export async function readSearchState(
  database: Database,
  embeddingModel: string,
  stems: readonly string[] = [],
): Promise<Result<SearchState>> {
  const counted = stems.length === 0 ? NOTHING_COUNTED : statisticsColumns(stems);
  const row = await database.first(
    StateRowSchema,
    sql(
      `SELECT generation, EXISTS (${ofModels("<")}) OR EXISTS (${ofModels(">")}) AS vectors_of_others, ${counted.sql}
       FROM knowledge_generation`,
      embeddingModel,
      embeddingModel,
      ...counted.values,
    ),
  );
  if (!row.ok) return row;
  const { generation = 0, vectors_of_others = 1, total = 0, words = [] } = row.value ?? {};
  return ok({
    generation,
    vectorsComplete: vectors_of_others === 0,
    statistics: stems.length === 0 ? null : { total, chunksWith: new Map(words) },
  });
}

const NOTHING_COUNTED = sql("0 AS total, '[]' AS words");

/** What search sees of models before or behind one in the index of models, which can't be asked for what differs. */
function ofModels(comparison: "<" | ">"): string {
  return `SELECT 1 FROM revisions JOIN documents
    ON documents.id = revisions.document_id AND documents.live_revision = revisions.revision
    WHERE revisions.status = 'ready' AND revisions.embedding_model ${comparison} ?`;
}

/** Makes the full-text index anew from the tables: in one transaction, so that no search misses it. */
export function rebuildWords(): Statement[] {
  return [
    sql("DELETE FROM chunks_fts"),
    sql(
      `INSERT INTO chunks_fts (rowid, title, section, keywords, text)
       SELECT seq, title, section, COALESCE(author, '') || ' ' || topics || ' ' || composers, text FROM live_chunks`,
    ),
    advanceGeneration(),
  ];
}

const SizeRowSchema = v.strictObject({ documents: v.number(), chunks: v.number() });

/** How much search sees. */
export async function countLive(
  database: Database,
): Promise<Result<{ readonly documents: number; readonly chunks: number }>> {
  const row = await database.first(
    SizeRowSchema,
    sql("SELECT COUNT(DISTINCT document_id) AS documents, COUNT(*) AS chunks FROM live_chunks"),
  );
  return row.ok ? ok(row.value ?? { documents: 0, chunks: 0 }) : row;
}

/** Makes every answer that a cache holds one from before. */
export function advanceGeneration(): Statement {
  return sql("UPDATE knowledge_generation SET generation = generation + 1");
}
