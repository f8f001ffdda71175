import { embeddingText } from "../ingestion/new-chunks.ts";
import type { PassageRow } from "../tables/passages.ts";
import { bestOfEachFirst, type Match, type Scored } from "./fusion.ts";
import { logit, relevanceOf } from "./relevance.ts";
import { coverageOf, finderOf, type WeightedTerm } from "./weighted-terms.ts";

/** A passage with how likely it is that it is about the question, 0…1. */
export interface JudgedPassage {
  readonly passage: PassageRow;
  readonly relevance: number;
}

/**
 * What moves a document from the place that fusion gave it, as shares of the best one's score: the reranker's score, in logits;
 * how much of the question is in its title and keywords; how much is in the passage. Chosen by the evaluation on its
 * development questions and on two foreign collections.
 */
const RERANKING_WEIGHT = 0.07;
const KEYWORDS_WEIGHT = 0.6;
const PASSAGE_WEIGHT = 0.4;

/**
 * Orders the passages of the best documents by all that is known of them, the best of each document first. Those that
 * the reranker didn't read come after all that it did, in the order of their documents.
 *
 * @param documents as fusion ranks them, best first.
 * @param scores the reranker's, by passage; null if it didn't answer: then the fused order stays.
 */
export function judgePassages(
  terms: readonly WeightedTerm[],
  passages: readonly PassageRow[],
  documents: readonly Scored[],
  meanings: readonly Match[],
  scores: ReadonlyMap<string, number> | null,
): JudgedPassage[] {
  const best = documents[0]?.score || 1;
  const shares = new Map(documents.map(({ key, score }) => [key, score / best]));
  const similarities = new Map(meanings.map(({ id, score }) => [id, score]));
  // What isn't among the nearest is no nearer than the last of them.
  const farthest = meanings.at(-1)?.score ?? null;
  const wanted = finderOf(terms);
  const unknown = terms.reduce(
    (sum, { chunks, weight, certainty }) => sum + weight * (chunks === 0 ? 1 : 1 - certainty),
    0,
  );
  const judged = passages.map((passage) => {
    const keywords = `${passage.title} ${passage.author ?? ""} ${passage.topics} ${passage.composers}`;
    const inKeywords = wanted.findIn(keywords);
    const inPassage = new Set([...inKeywords, ...wanted.findIn(embeddingText(passage, passage))]);
    const coverage = coverageOf(terms, inPassage);
    const keywordsCoverage = coverageOf(terms, inKeywords);
    const reranking = scores?.get(passage.id) ?? null;
    const similarity = similarities.get(passage.id) ?? farthest;
    const share = shares.get(passage.document_id) ?? 0;
    return {
      passage,
      relevance: relevanceOf({ coverage, keywords: keywordsCoverage, unknown, similarity, reranking }),
      unread: scores !== null && reranking === null,
      order:
        reranking === null
          ? share
          : share +
            RERANKING_WEIGHT * logit(reranking) +
            KEYWORDS_WEIGHT * keywordsCoverage +
            PASSAGE_WEIGHT * coverage,
    };
  });
  const ordered = judged.toSorted(
    (one, other) => Number(one.unread) - Number(other.unread) || other.order - one.order,
  );
  return falling(bestOfEachFirst(ordered, ({ passage }) => passage.document_id));
}

/** The order knows more than the estimate of relevance: what stands above is at least as relevant as what is below. */
function falling(passages: readonly JudgedPassage[]): JudgedPassage[] {
  let least = 0;
  return passages
    .toReversed()
    .map(({ passage, relevance }) => {
      least = Math.max(least, relevance);
      return { passage, relevance: least };
    })
    .reverse();
}
