import { ok, type Result } from "@crescendai/contracts";
import { type Database, sql } from "@crescendai/worker-kit";
import * as v from "valibot";

/** The words of the full-text index, `chunks_words`, see migrations/knowledge. */

const WordRowSchema = v.strictObject({ stem: v.string(), chunks: v.number() });
export type IndexWord = v.InferOutput<typeof WordRowSchema>;

/** Without a word where the index has none of them. */
const StatisticsRowSchema = v.strictObject({
  stem: v.nullable(v.string()),
  chunks: v.nullable(v.number()),
  total: v.number(),
});

export interface WordStatistics {
  /** Chunks in the index. */
  readonly total: number;
  /** Chunks that have a word, by its stem. */
  readonly chunksWith: ReadonlyMap<string, number>;
}

/** How many chunks there are, and how many have each of these words; words that none has are left out. */
export async function readWordStatistics(
  database: Database,
  stems: readonly string[],
): Promise<Result<WordStatistics>> {
  // The sizes of the chunks stand in a table of their own, which is much faster to count than the index.
  const rows = await database.all(
    StatisticsRowSchema,
    sql(
      `SELECT term AS stem, doc AS chunks, total
       FROM (SELECT COUNT(*) AS total FROM chunks_fts_docsize) LEFT JOIN chunks_words
         ON term IN (SELECT value FROM json_each(?))`,
      JSON.stringify(stems),
    ),
  );
  if (!rows.ok) return rows;
  return ok({
    total: rows.value[0]?.total ?? 0,
    chunksWith: new Map(
      rows.value.flatMap(({ stem, chunks }) => (stem === null || chunks === null ? [] : [[stem, chunks]])),
    ),
  });
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
