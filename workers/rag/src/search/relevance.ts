/** What is known of how well a passage answers a question. */
export interface Evidence {
  /** How much of the question's information is in its words, 0…1. */
  readonly coverage: number;
  /** The same in the title and keywords of its document: what that is about, not only what it mentions. */
  readonly keywords: number;
  /** How much of the question's information is in words that the library doesn't have at all. */
  readonly unknown: number;
  /** Cosine of both meanings; null if that isn't known. */
  readonly similarity: number | null;
  /** The reranker's score, 0…1; null if it wasn't asked or didn't answer. */
  readonly reranking: number | null;
}

/**
 * How likely it is that a passage is about a question, 0…1: that whoever judged the questions of the evaluation found its
 * document at least touching on it. The logistic function of the evidence, fitted to the ten best documents of each of its
 * development questions with the models of workers/local/ai, those that the library can't answer counting fivefold. Where a
 * step is missing the floor lets a little more through: nobody should be sent away by a fault of ours.
 */
export function relevanceOf(evidence: Evidence): number {
  return 1 / (1 + Math.exp(-logOdds(evidence)));
}

function logOdds({ coverage, keywords, unknown, similarity, reranking }: Evidence): number {
  const words = 2.1 * keywords - UNKNOWN_WEIGHT * unknown;
  if (similarity === null) return -2.5 + 2.3 * coverage + words;
  if (reranking === null) return -3 + 2.1 * coverage + 1.8 * similarity + words;
  return -1 + 1.55 * coverage + 0.4 * similarity + 0.58 * logit(reranking) + words;
}

/**
 * What words count against a passage that the library doesn't have. They would fit best at 2.4; but who asks about a crescendo
 * "like a staircase" has one too, and means the library's subject.
 */
const UNKNOWN_WEIGHT = 1.5;

/** Keeps the logit of a score of 0 or 1 finite: no model is surer than this. */
const SUREST = 0.999;

/** ln(p / (1 − p)). */
export function logit(probability: number): number {
  const p = Math.min(SUREST, Math.max(1 - SUREST, probability));
  return Math.log(p / (1 - p));
}

/**
 * A question has an answer in the library if its best passage is at least as relevant: what 43 of the 51 development questions
 * that have nothing to do with it don't come to, and 91 of the 97 that have something do. Lower it keeps no more of these.
 */
const FLOOR = 0.13;

/** What a passage must reach to be listed behind the best one: below that it has hardly a word in common. */
const TAIL_FLOOR = 0.05;

/** The passages that are worth showing; none if even the best isn't about the question. */
export function aboveFloor<Passage extends { readonly relevance: number }>(
  passages: readonly Passage[],
): Passage[] {
  const best = Math.max(...passages.map(({ relevance }) => relevance));
  return best < FLOOR ? [] : passages.filter(({ relevance }) => relevance >= TAIL_FLOOR);
}
