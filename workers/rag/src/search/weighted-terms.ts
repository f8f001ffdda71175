import type { Term } from "./question.ts";
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
