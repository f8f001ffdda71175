import type { KnownToken, LanguageModel } from "../words/language-model.ts";

/** Nats that the rarest words count: as much as one that a single passage of the library has. */
const MOST_INFORMATION = 7;

/** A distinct word of the question. */
export interface QueryTerm extends KnownToken {
  /** Its share in the question, above 0; all terms' together are 1. */
  readonly weight: number;
}

/** The words of a question that say something, weighted by how much; all of them if none does. */
export function queryTerms(model: LanguageModel, tokens: Iterable<string>): QueryTerm[] {
  const { numbers, vocabulary } = model.read([...new Set(tokens)]);
  const terms = Array.from(numbers, (number) => {
    const known = vocabulary[number];
    return { ...known, weight: informationOf(model, known) };
  });
  const total = terms.reduce((sum, { weight }) => sum + weight, 0);
  return total === 0
    ? terms.map((term) => ({ ...term, weight: 1 / terms.length }))
    : terms.filter(({ weight }) => weight > 0).map((term) => ({ ...term, weight: term.weight / total }));
}

/** What a word tells apart: of the library's terms how few passages have it, of others how rare it is in general. */
function informationOf({ domain }: LanguageModel, { term, significance }: KnownToken): number {
  return Math.min(MOST_INFORMATION, term === undefined ? significance : 1 + domain.informationOf(term));
}
