import { embedText } from "../embedding/text.ts";
import { dotProduct } from "../embedding/vectors.ts";
import { tokensOf } from "../words/tokens.ts";
import { Aligner } from "./alignment.ts";
import type { PassageReader } from "./passage-reader.ts";
import { queryTerms } from "./query-terms.ts";

/** What speaks for a context; each is 0…1, but similarity −1…1. */
export interface Evidence {
  /** What share of the question's information is found in the context, in these words or related ones. */
  readonly coverage: number;
  /** The same within a few sentences. */
  readonly closeCoverage: number;
  /** Cosine of what the question and the context are about. */
  readonly similarity: number;
}

/** The logistic function that makes a score of the evidence, as scripts/fit-reranker.ts fitted it. */
const INTERCEPT = -5.62;
const WEIGHTS: Evidence = { coverage: 0.93, closeCoverage: 0.72, similarity: 6.71 };

/** How relevant a context is to a question. */
export interface Relevance {
  /** The context's place. */
  readonly id: number;
  /** 0…1: the probability that a passage with such evidence answers the question. */
  readonly score: number;
}

/**
 * Scores contexts by how well they answer a question's words, in the same words or in related ones, and by what both are about;
 * in falling order, equal ones as they came.
 */
export function rerank(reader: PassageReader, query: string, contexts: readonly string[]): Relevance[] {
  return evidenceFor(reader, query, contexts)
    .map(({ coverage, closeCoverage, similarity }, id) => {
      const sum =
        INTERCEPT +
        WEIGHTS.coverage * coverage +
        WEIGHTS.closeCoverage * closeCoverage +
        WEIGHTS.similarity * similarity;
      return { id, score: 1 / (1 + Math.exp(-sum)) };
    })
    .toSorted((one, other) => other.score - one.score || one.id - other.id);
}

/** What speaks for each context, in their order. */
export function evidenceFor(reader: PassageReader, query: string, contexts: readonly string[]): Evidence[] {
  const { model } = reader;
  const passages = contexts.map((context) => reader.read(context));
  const aligner = new Aligner(model, queryTerms(model, tokensOf(query)));
  const question = embedText(model, query);
  return passages.map(({ tokens, meaning }) => ({
    ...aligner.align(tokens),
    similarity: dotProduct(question, meaning),
  }));
}
