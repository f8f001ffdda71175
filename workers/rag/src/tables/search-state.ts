import { ok, type Result } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
import type { Match } from "../search/fusion.ts";
import { countedWords, STATISTICS_ENTRIES, WORD_STATISTICS, type WordStatistics } from "./index-words.ts";
import { RAREST_WORDS_ENTRIES, type RarestWords, rarestWords } from "./word-matches.ts";

/** What search and its caches must know of the whole library, see migrations/knowledge. */

const StateRowSchema = v.strictObject({
  generation: v.number(),
  vectors_of_others: v.number(),
  ...STATISTICS_ENTRIES,
  ...RAREST_WORDS_ENTRIES,
});

/** Which library it is that a search is made in. */
export interface LibraryVersion {
  /** Changes with everything that may change an answer: caches have it in their keys. */
  readonly generation: number;
  /**
   * Whether vectors may be asked: not while some of what search sees has vectors of another model, because what isn't
   * comparable would be missing without a word. Those that are there stand in the model's own namespace of the index.
   */
  readonly vectorsComplete: boolean;
}

export interface SearchState extends LibraryVersion {
  /** Of the words that were asked for; null if none was. */
  readonly statistics: WordStatistics | null;
  /** What the rarest words that were asked for match; null if none was, or if all are too common. */
  readonly rarest: { readonly query: string; readonly matches: readonly Match[] } | null;
}

/** What is read together with the state, because a call of D1 takes longer than that does. */
export interface ReadAlong {
  /** Words of the index that are to be counted. */
  readonly stems?: readonly string[];
  readonly rarest?: RarestWords | null;
}

export async function readSearchState(
  database: Database,
  embeddingModel: string,
  { stems = [], rarest = null }: ReadAlong = {},
): Promise<Result<SearchState>> {
  const counted = countedWords(stems);
  const looked = rarest === null ? NOTHING_LOOKED_FOR : rarestWords(rarest);
  const row = await database.first(
    StateRowSchema,
    sql(
      `WITH ${counted.sql} ${looked.tables.sql === "" ? "" : `, ${looked.tables.sql}`}
       SELECT generation, EXISTS (${ofModels("<")}) OR EXISTS (${ofModels(">")}) AS vectors_of_others,
              ${stems.length === 0 ? NOTHING_COUNTED : WORD_STATISTICS}, ${looked.columns.sql}
       FROM knowledge_generation`,
      ...counted.values,
      ...looked.tables.values,
      embeddingModel,
      embeddingModel,
      ...looked.columns.values,
    ),
  );
  if (!row.ok) return row;
  const { generation = 0, vectors_of_others = 1, total = 0, words = [] } = row.value ?? {};
  const { rarest_query = null, rarest_matches = [] } = row.value ?? {};
  return ok({
    generation,
    vectorsComplete: vectors_of_others === 0,
    statistics: stems.length === 0 ? null : { total, chunksWith: new Map(words) },
    rarest: rarest_query === null ? null : { query: rarest_query, matches: rarest_matches },
  });
}

const NOTHING_COUNTED = "0 AS total, '[]' AS words";
const NOTHING_LOOKED_FOR = {
  tables: sql(""),
  columns: sql("NULL AS rarest_query, '[]' AS rarest_matches"),
};

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
       SELECT seq, title, section, keywords, text FROM indexed_chunks`,
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
