/** One ranking to be fused: keys, best first, and how much it counts. */
export interface Ranking {
  readonly keys: readonly string[];
  readonly weight: number;
}

/**
 * How far down a ranking still counts: 60, with which the method was found (G. Cormack, C. Clarke, S. Büttcher,
 * Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods, SIGIR 2009).
 */
const K = 60;

/** A key with what fusion makes of its ranks. */
export interface Fused {
  readonly key: string;
  readonly score: number;
}

/**
 * Reciprocal rank fusion: a key's score is the sum of weight / (60 + rank) over the rankings that have it, rank from 1.
 *
 * @returns keys with their scores, best first; equal ones in the order in which they came.
 */
export function fuse(rankings: readonly Ranking[]): Fused[] {
  const scores = new Map<string, number>();
  for (const { keys, weight } of rankings) {
    keys.forEach((key, index) => {
      scores.set(key, (scores.get(key) ?? 0) + weight / (K + index + 1));
    });
  }
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
 * Documents by what was found in them, best first: the score of the best passage, and of each further one the `carry`-th
 * part of what the one before it counted. A document that treats the question in several passages is about it; one that is
 * long isn't for that.
 *
 * @param matches best first.
 */
export function rankDocuments(matches: readonly Match[], carry: number): string[] {
  const scores = new Map<string, { readonly score: number; readonly share: number }>();
  for (const { document_id, score } of matches) {
    const before = scores.get(document_id) ?? { score: 0, share: 1 };
    scores.set(document_id, {
      score: before.score + before.share * Math.max(0, score),
      share: before.share * carry,
    });
  }
  return Array.from(scores)
    .toSorted(([, one], [, other]) => other.score - one.score)
    .map(([document]) => document);
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
