import type { RarestWords } from "../tables/word-matches.ts";
import type { Form, Term } from "./question.ts";
import type { WeightedTerm } from "./weighted-terms.ts";

/** Chunks with some word of the question that are ranked at most, about: bm25 looks at each, some microseconds long. */
const MAX_RANKED = 2000;

/** Chunks that are found by words: enough for documents with several. */
export const LEXICAL_CANDIDATES = 200;

/** The columns of the full-text index that say what a chunk is about. */
const HEADINGS = "title section keywords";

/** Chunks with the words in their headings that are enough: as many as the reranker reads, and some more. */
const HEADINGS_ENOUGH = 50;

/** A word of a question, with how many chunks have it. */
type CountedTerm = Pick<WeightedTerm, "forms" | "chunks">;

/** A query of the full-text index, with how many chunks it must find for wider ones not to be needed. */
export interface WordQuery {
  /** In the language of FTS5. */
  readonly match: string;
  readonly enough: number;
}

/**
 * What to ask the full-text index, from the narrowest query to the widest: the first that finds enough will do.
 *
 * Where a word is rare enough, that is one query. Where every word is common, the passages that have the rarest of them
 * together come first anyway, and are ranked in a fraction of the time. And where even all together are in too many, how often
 * a passage has them says next to nothing: then it's what stands in a title, a section's heading or keywords that counts.
 *
 * @param total chunks in the index.
 */
export function wordQueries(terms: readonly CountedTerm[], total: number): WordQuery[] {
  const one = matchQuery(termsToMatch(terms).flatMap(({ forms }) => forms));
  if (one === "") return [];
  const widest = { match: one, enough: 0 };
  const { together, expected } = termsToMatchTogether(terms, total);
  if (together.length === 0) return [widest];
  const all = { match: matchTogetherQuery(together), enough: LEXICAL_CANDIDATES };
  const narrower = together.length > 1 ? [all] : [];
  if (expected <= MAX_RANKED) return [...narrower, widest];
  return [{ match: `{${HEADINGS}} : (${all.match})`, enough: HEADINGS_ENOUGH }, ...narrower, widest];
}

/**
 * What to read together with the state of the library, before it is sure how frequent all words are: the rarest, which is the
 * commonest case of {@link wordQueries}, or the first of its queries where all were counted before. What comes back is what
 * is wanted if its query is the same.
 *
 * @param chunksWith chunks that have a word, by stem; undefined where that must be counted.
 * @param total chunks in the index, as far as that is known.
 */
export function rarestWordsOf(
  terms: readonly Term[],
  chunksWith: (stem: string) => number | undefined,
  total: number,
): RarestWords {
  const counted = terms.map((term) => ({
    ...term,
    chunks: term.forms.reduce((sum, { stem }) => sum + (chunksWith(stem) ?? 0), 0),
    stems: term.forms.flatMap(({ stem }) => (chunksWith(stem) === undefined ? stem : [])),
  }));
  const words = counted.map(({ forms, chunks, stems }) => ({ query: matchQuery(forms), chunks, stems }));
  const areAllCounted = counted.every(({ stems }) => stems.length === 0);
  const first = areAllCounted ? wordQueries(counted, total)[0]?.match : undefined;
  return { words, mostRanked: MAX_RANKED, otherwise: first ?? null, limit: LEXICAL_CANDIDATES };
}

/**
 * The terms that passages are looked for by, rarest first: all that occur, as long as not too many chunks have them.
 * The commonest words are the ones that say least; the ones left out still count in how well a passage answers.
 */
function termsToMatch(terms: readonly CountedTerm[]): CountedTerm[] {
  const chosen: CountedTerm[] = [];
  let ranked = 0;
  for (const term of rarestFirst(terms)) {
    ranked += term.chunks;
    if (chosen.length > 0 && ranked > MAX_RANKED) break;
    chosen.push(term);
  }
  return chosen;
}

/**
 * Where even the rarest term is in too many chunks: as many of the rarest as must stand together in a chunk for few enough to
 * be left, supposing that they occur independently. None where that isn't needed.
 *
 * @param total chunks in the index.
 * @returns the terms, and the number of chunks that are expected to have all of them.
 */
function termsToMatchTogether(
  terms: readonly CountedTerm[],
  total: number,
): { readonly together: readonly CountedTerm[]; readonly expected: number } {
  const occurring = rarestFirst(terms);
  if ((occurring[0]?.chunks ?? 0) <= MAX_RANKED) return { together: [], expected: total };
  const together: CountedTerm[] = [];
  let expected = total;
  for (const term of occurring) {
    // What most chunks have hardly narrows anything, and takes longest to go through.
    if (expected <= MAX_RANKED || (together.length > 0 && term.chunks > total / 2)) break;
    together.push(term);
    expected *= term.chunks / total;
  }
  return { together, expected };
}

function rarestFirst(terms: readonly CountedTerm[]): CountedTerm[] {
  return terms.filter(({ chunks }) => chunks > 0).toSorted((one, other) => one.chunks - other.chunks);
}

/**
 * The query of FTS5 for chunks that have any of these words. Every word is a string of its own, with quotes doubled, so
 * that nothing in it is syntax (https://sqlite.org/fts5.html#full_text_query_syntax).
 */
function matchQuery(forms: readonly Form[]): string {
  return forms.map(({ word }) => `"${word.replaceAll('"', '""')}"`).join(" OR ");
}

/** The query for chunks that have all of these terms, each in whichever spelling. */
function matchTogetherQuery(terms: readonly Term[]): string {
  return terms.map(({ forms }) => `(${matchQuery(forms)})`).join(" AND ");
}
