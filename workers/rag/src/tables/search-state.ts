import { ok, type Result } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";

/** What search and its caches must know of the whole library, see migrations/knowledge. */

const StateRowSchema = v.strictObject({ generation: v.number(), vectors_of_others: v.number() });

export interface SearchState {
  /** Changes with everything that may change an answer: caches have it in their keys. */
  readonly generation: number;
  /**
   * Whether vectors may be asked: not while some of what search sees has vectors of another model, because what isn't
   * comparable would be missing without a word. Those that are there stand in the model's own namespace of the index.
   */
  readonly vectorsComplete: boolean;
}

export async function readSearchState(
  database: Database,
  embeddingModel: string,
): Promise<Result<SearchState>> {
  const row = await database.first(
    StateRowSchema,
    sql(
      `SELECT generation, EXISTS (${ofModels("<")}) OR EXISTS (${ofModels(">")}) AS vectors_of_others
       FROM knowledge_generation`,
      embeddingModel,
      embeddingModel,
    ),
  );
  if (!row.ok) return row;
  return ok({
    generation: row.value?.generation ?? 0,
    vectorsComplete: row.value !== null && row.value.vectors_of_others === 0,
  });
}

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
