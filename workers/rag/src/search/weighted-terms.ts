import type { Form, Term } from "./question.ts";
import { StemFinder } from "./words.ts";

/** A word of a question with what it is worth. */
export interface WeightedTerm extends Term {
  /** Chunks that have it, in whichever spelling. */
  readonly chunks: number;
  /** Its share in the question's information: all terms' together are 1. */
  readonly weight: number;
  /** How sure it is that this is the word that was meant: 1, or less for one that was put right. */
  readonly certainty: number;
}

/**
 * Gives each term its share by the inverse frequency of the word: ln(1 + (N − n + ½) / (n + ½)), as BM25 has it
 * (S. Robertson and H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009), above 0 for every n.
 *
 * @param total chunks in the index, N.
 */
export function weightTerms(terms: readonly Omit<WeightedTerm, "weight">[], total: number): WeightedTerm[] {
  const information = terms.map(({ chunks }) =>
    Math.log(1 + (Math.max(0, total - chunks) + 0.5) / (chunks + 0.5)),
  );
  const sum = information.reduce((before, nats) => before + nats, 0);
  return terms.map((term, index) => ({ ...term, weight: (information[index] ?? 0) / (sum || 1) }));
}

/** Finds every stem that some term may have in a text. */
export function finderOf(terms: readonly Term[]): StemFinder {
  return new StemFinder(new Set(terms.flatMap(({ forms }) => forms.map(({ stem }) => stem))));
}

/** How much of the question's information is among these stems: 0…1. */
export function coverageOf(terms: readonly WeightedTerm[], stems: ReadonlySet<string>): number {
  return terms.reduce(
    (sum, { forms, weight, certainty }) =>
      sum + (forms.some(({ stem }) => stems.has(stem)) ? weight * certainty : 0),
    0,
  );
}

/** Chunks with some word of the question that are ranked at most, about: bm25 looks at each, some microseconds long. */
const MAX_RANKED = 2000;

/**
 * The terms that passages are looked for by, rarest first: all that occur, as long as not too many chunks have them.
 * The commonest words are the ones that say least; the ones left out still count in how well a passage answers.
 */
export function termsToMatch(terms: readonly WeightedTerm[]): WeightedTerm[] {
  const chosen: WeightedTerm[] = [];
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
 * be left, supposing that they occur independently. None where that isn't needed, or where there is but one term.
 *
 * @param total chunks in the index.
 */
export function termsToMatchTogether(terms: readonly WeightedTerm[], total: number): WeightedTerm[] {
  const occurring = rarestFirst(terms);
  const chosen: WeightedTerm[] = [];
  let expected = total;
  for (const term of occurring) {
    if (expected <= MAX_RANKED) break;
    chosen.push(term);
    expected *= term.chunks / total;
  }
  return chosen.length > 1 ? chosen : [];
}

function rarestFirst(terms: readonly WeightedTerm[]): WeightedTerm[] {
  return terms.filter(({ chunks }) => chunks > 0).toSorted((one, other) => one.chunks - other.chunks);
}

/**
 * The query of FTS5 for chunks that have any of these words. Every word is a string of its own, with quotes doubled, so
 * that nothing in it is syntax (https://sqlite.org/fts5.html#full_text_query_syntax).
 */
export function matchQuery(forms: readonly Form[]): string {
  return forms.map(({ word }) => `"${word.replaceAll('"', '""')}"`).join(" OR ");
}

/** The query for chunks that have all of these terms, each in whichever spelling. */
export function matchTogetherQuery(terms: readonly Term[]): string {
  return terms.map(({ forms }) => `(${matchQuery(forms)})`).join(" AND ");
}
