import type { Result } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
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

/** The columns of {@link statisticsColumns} as they are read. */
export const STATISTICS_ENTRIES = {
  total: v.number(),
  words: jsonListColumn(v.strictTuple([v.string(), v.number()])),
};

/** Columns that say how many chunks there are, and how many have each of these words; words that none has are left out. */
export function statisticsColumns(stems: readonly string[]): Statement {
  // The sizes of the chunks stand in a table of their own, which is much faster to count than the index.
  return sql(
    `(SELECT COUNT(*) FROM chunks_fts_docsize) AS total,
     (SELECT json_group_array(json_array(term, doc)) FROM chunks_words
      WHERE term IN (SELECT value FROM json_each(?))) AS words`,
    JSON.stringify(stems),
  );
}

/** Words of the index that begin like `prefix` and have `shortest` to `longest` characters. */
export function findWordsLike(
  database: Database,
  prefix: string,
  shortest: number,
  longest: number,
): Promise<Result<IndexWord[]>> {
  return database.all(
    WordRowSchema,
    sql(
      `SELECT term AS stem, doc AS chunks FROM chunks_words
       WHERE term >= ? AND term < ? AND LENGTH(term) BETWEEN ? AND ?`,
      prefix,
      // U+10FFFF is no character and comes after all.
      `${prefix}\u{10ffff}`,
      shortest,
      longest,
    ),
  );
}
