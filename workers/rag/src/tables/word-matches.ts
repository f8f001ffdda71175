import { ok, type Result } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
import type { Match } from "../search/fusion.ts";
import { jsonListColumn } from "./columns.ts";
import { type Facet, filedUnder, SOURCE } from "./passages.ts";

/** What search finds in the full-text index, `chunks_fts`, see migrations/knowledge. */

/**
 * What a word is worth in each column, title, section, keywords and text: a title names what a document is about, and
 * keywords repeat what the text has. Chosen by the evaluation on its development questions.
 */
const COLUMN_WEIGHTS = "5.0, 2.0, 5.0, 1.0";

/** All of them in one row: a row each takes D1 longer than finding them. */
const matchesColumn = jsonListColumn(
  v.pipe(
    v.strictTuple([v.string(), v.string(), v.number()]),
    v.transform(([id, document_id, score]): Match => ({ id, document_id, score })),
  ),
);

/**
 * Selects the chunks that a query of FTS5 matches, best first, by Okapi BM25 (k₁ = 1.2, b = 0.75, FTS5's own). Equally good
 * ones stand in the order of what they are from, so that a library that is filled anew gives the same.
 *
 * @param query an expression of SQL; it, the filter and the limit have their values in this order.
 */
function selectMatches(query: string, filter = ""): string {
  return `SELECT json_group_array(json_array(chunks.id, chunks.document_id, -found.rank)
                                  ORDER BY found.rank, ${SOURCE}, chunks.position) AS matches
    FROM (
      SELECT rowid, rank FROM chunks_fts
      WHERE chunks_fts MATCH ${query} AND rank MATCH 'bm25(${COLUMN_WEIGHTS})' ${filter}
      ORDER BY rank LIMIT ?
    ) AS found
    JOIN chunks ON chunks.seq = found.rowid JOIN documents ON documents.id = chunks.document_id`;
}

const MatchesRowSchema = v.strictObject({ matches: matchesColumn });

/** The best chunks that a query of FTS5 matches, of documents that are filed under all of `facets`. */
export async function matchChunks(
  database: Database,
  query: string,
  facets: readonly Facet[],
  limit: number,
): Promise<Result<readonly Match[]>> {
  const filed = filedUnder(facets);
  const statement =
    facets.length === 0
      ? sql(selectMatches("?"), query, limit)
      : sql(
          selectMatches("?", `AND rowid IN (SELECT seq FROM chunks WHERE document_id IN (${filed.sql}))`),
          query,
          ...filed.values,
          limit,
        );
  const row = await database.first(MatchesRowSchema, statement);
  return row.ok ? ok(row.value?.matches ?? []) : row;
}

/** A word of a question. */
export interface AskedWord {
  /** Of FTS5, for every spelling of it. */
  readonly query: string;
  /** Chunks that are known to have it. */
  readonly chunks: number;
  /** Stems of it that must still be counted: those of `counted` are added. */
  readonly stems: readonly string[];
}

/** Words, of which the rarest are looked for that no more than `mostRanked` chunks have, `limit` chunks at most. */
export interface RarestWords {
  readonly words: readonly AskedWord[];
  /** Each chunk is counted for every word that it has. */
  readonly mostRanked: number;
  /** Of FTS5: what is looked for where even the rarest has more; null for nothing. */
  readonly otherwise: string | null;
  readonly limit: number;
}

/** The columns of {@link rarestWords} as they are read. */
export const RAREST_WORDS_ENTRIES = { rarest_query: v.nullable(v.string()), rarest_matches: matchesColumn };

/**
 * The query for the rarest of some words, or what is looked for otherwise, as the table `guess` of a statement, and columns
 * with it and what it matches: null and nothing if neither is. So who doesn't know yet how frequent words are needn't ask twice.
 */
export function rarestWords({ words, mostRanked, otherwise, limit }: RarestWords): {
  readonly tables: Statement;
  readonly columns: Statement;
} {
  return {
    tables: sql(
      `asked AS MATERIALIZED (
         SELECT word.key AS place, word.value ->> 0 AS query, (word.value ->> 1) + (
           SELECT COALESCE(SUM(doc), 0) FROM counted WHERE term IN (SELECT value FROM json_each(word.value, '$[2]'))
         ) AS chunks
         FROM json_each(?) AS word
       ),
       rarest AS (SELECT query, SUM(chunks) OVER (ORDER BY chunks, place) AS ranked FROM asked WHERE chunks > 0),
       guess AS MATERIALIZED (
         SELECT COALESCE(group_concat(query, ' OR ' ORDER BY ranked), ?) AS query FROM rarest WHERE ranked <= ?
       )`,
      JSON.stringify(words.map(({ query, chunks, stems }) => [query, chunks, stems])),
      otherwise,
      mostRanked,
    ),
    columns: sql(
      // An empty string in quotes matches nothing.
      `(SELECT query FROM guess) AS rarest_query,
       (${selectMatches(`COALESCE((SELECT query FROM guess), '""')`)}) AS rarest_matches`,
      limit,
    ),
  };
}
