/** What is known of how well a passage answers a question. */
export interface Evidence {
  /** How much of the question's information is in its words, 0…1. */
  readonly coverage: number;
  /** Cosine of both meanings; null if that isn't known. */
  readonly similarity: number | null;
  /** The reranker's score, 0…1; null if it wasn't asked or didn't answer. */
  readonly reranking: number | null;
}

/**
 * How likely it is that a passage is about a question, 0…1: that whoever judged the questions of the evaluation found its
 * document at least touching on it. The logistic function of the evidence, fitted to the ten best documents of each of its
 * development questions with the models of workers/local/ai, those that the library can't answer counting fivefold.
 */
export function relevanceOf(evidence: Evidence): number {
  return 1 / (1 + Math.exp(-logOdds(evidence)));
}

function logOdds({ coverage, similarity, reranking }: Evidence): number {
  if (similarity === null) return -2.8 + 3.4 * coverage;
  if (reranking === null) return -3.8 + 3 * coverage + 3.7 * similarity;
  return -2.2 + 2.7 * coverage + 1.7 * similarity + 0.3 * logit(reranking);
}

/** Keeps the logit of a score of 0 or 1 finite: no model is surer than this. */
const SUREST = 0.999;

/** ln(p / (1 − p)). */
export function logit(probability: number): number {
  const p = Math.min(SUREST, Math.max(1 - SUREST, probability));
  return Math.log(p / (1 - p));
}

/**
 * A question has an answer in the library if its best passage is at least as relevant: a little above what the
 * development questions come to that have nothing to do with it (0.20 at most).
 */
const FLOOR = 0.22;

/** What a passage must reach to be listed behind the best one: below that it has hardly a word in common. */
const TAIL_FLOOR = 0.05;

/** The passages that are worth showing; none if even the best isn't about the question. */
export function aboveFloor<Passage extends { readonly relevance: number }>(
  passages: readonly Passage[],
): Passage[] {
  const best = Math.max(...passages.map(({ relevance }) => relevance));
  return best < FLOOR ? [] : passages.filter(({ relevance }) => relevance >= TAIL_FLOOR);
}
