/** A key and what it is worth, the larger the better. */
export interface Scored {
  readonly key: string;
  readonly score: number;
}

/** What one half of a search makes of its keys, and how much that counts. */
export interface Ranking {
  readonly scored: readonly Scored[];
  readonly weight: number;
}

/**
 * Fuses rankings by a convex combination: a key's score is the sum of weight · score over the rankings that have it
 * (S. Bruch, S. Gai and A. Ingber, An Analysis of Fusion Functions for Hybrid Retrieval, ACM TOIS 42, 2023). Unlike reciprocal
 * rank fusion it knows that a first by far is more than a first by a hair: docs/knowledge.md compares.
 *
 * @returns keys with their scores, best first; equal ones in the order in which they came.
 */
export function fuse(rankings: readonly Ranking[]): Scored[] {
  const scores = new Map<string, number>();
  for (const { scored, weight } of rankings) {
    for (const { key, score } of scored) scores.set(key, (scores.get(key) ?? 0) + weight * score);
  }
  return inOrder(scores);
}

function inOrder(scores: ReadonlyMap<string, number>): Scored[] {
  return Array.from(scores, ([key, score]) => ({ key, score })).toSorted(
    (one, other) => other.score - one.score,
  );
}

/** A passage that one half of the search found. */
export interface Match {
  readonly id: string;
  readonly document_id: string;
  /** The larger the better. */
  readonly score: number;
}

/**
 * Further passages for each document found, from which on they count in full. What most questions find in the project's own library
 * has half a further passage for each document; chosen on texts of which few have any (docs/knowledge.md).
 */
const USUAL_FURTHER_PASSAGES = 0.4;

/**
 * Documents by what was found in them, best first: the score of the best passage, and of each further one the `carry`-th
 * part of what the one before it counted. A document that treats the question in several passages is about it; one that is
 * only long isn't. So further passages count less where few of the documents found have any, as among short texts with a long
 * one between them.
 *
 * @param matches best first.
 * @param carry 0…1.
 */
export function rankDocuments(matches: readonly Match[], carry: number): Scored[] {
  const documents = new Set(matches.map(({ document_id }) => document_id)).size;
  const further = documents === 0 ? 0 : matches.length / documents - 1;
  const share = carry * Math.min(1, further / USUAL_FURTHER_PASSAGES);
  const scores = new Map<string, { readonly score: number; readonly share: number }>();
  for (const { document_id, score } of matches) {
    const before = scores.get(document_id) ?? { score: 0, share: 1 };
    scores.set(document_id, {
      score: before.score + before.share * Math.max(0, score),
      share: before.share * share,
    });
  }
  return inOrder(new Map(Array.from(scores, ([document, { score }]) => [document, score])));
}

/** The best of each group first, in their order, then what is left, in its order. */
export function bestOfEachFirst<Item>(items: readonly Item[], groupOf: (item: Item) => string): Item[] {
  const seen = new Set<string>();
  const best: Item[] = [];
  const rest: Item[] = [];
  for (const item of items) {
    const group = groupOf(item);
    (seen.has(group) ? rest : best).push(item);
    seen.add(group);
  }
  return [...best, ...rest];
}
