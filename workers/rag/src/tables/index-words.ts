import type { Result } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
import { isPhrase } from "../search/words.ts";
import { jsonListColumn } from "./columns.ts";

/** The words of the full-text index, `chunks_words`, see migrations/knowledge. */

const WordRowSchema = v.strictObject({ stem: v.string(), chunks: v.number() });
export type IndexWord = v.InferOutput<typeof WordRowSchema>;

export interface WordStatistics {
  /** Chunks in the index. */
  readonly total: number;
  /** Chunks that have a word, by its stem. */
  readonly chunksWith: ReadonlyMap<string, number>;
}

/** The columns of {@link WORD_STATISTICS} as they are read. */
export const STATISTICS_ENTRIES = {
  total: v.number(),
  words: jsonListColumn(v.strictTuple([v.string(), v.number()])),
};

/**
 * Counts how many chunks have each of some words, or phrases, as the table `counted` of the statement; words that none has are
 * left out, and phrases that none has are counted as 0.
 */
export function countedWords(stems: readonly string[]): Statement {
  const phrases = stems.filter(isPhrase);
  if (phrases.length === 0) {
    return sql(`counted AS MATERIALIZED (${COUNTED_WORDS})`, JSON.stringify(stems));
  }
  return sql(
    `counted AS MATERIALIZED (
       ${COUNTED_WORDS} UNION ALL
       SELECT value, (SELECT COUNT(*) FROM chunks_fts WHERE chunks_fts MATCH '"' || value || '"') FROM json_each(?)
     )`,
    JSON.stringify(stems),
    JSON.stringify(phrases),
  );
}

const COUNTED_WORDS = "SELECT term, doc FROM chunks_words WHERE term IN (SELECT value FROM json_each(?))";

/**
 * Columns that say how many chunks there are, and what is `counted`. The sizes of the chunks stand in a table of their own,
 * which is much faster to count than the index.
 */
export const WORD_STATISTICS = `(SELECT COUNT(*) FROM chunks_fts_docsize) AS total,
  (SELECT json_group_array(json_array(term, doc)) FROM counted) AS words`;

/** Words of the index that begin in one of these ways and have `shortest` to `longest` characters. */
export function findWordsLike(
  database: Database,
  beginnings: readonly string[],
  shortest: number,
  longest: number,
): Promise<Result<IndexWord[]>> {
  return database.all(
    WordRowSchema,
    sql(
      // U+10FFFF is no character and comes after all. Without CROSS JOIN SQLite goes through every word of the index.
      `SELECT term AS stem, doc AS chunks FROM json_each(?) AS beginning CROSS JOIN chunks_words
       WHERE term >= beginning.value AND term < beginning.value || char(1114111) AND LENGTH(term) BETWEEN ? AND ?`,
      JSON.stringify(beginnings),
      shortest,
      longest,
    ),
  );
}
