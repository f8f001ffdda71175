/** How relevant each document is to a question; what isn't in it is not. */
export type Judgements = ReadonlyMap<string, number>;

/**
 * Normalised discounted cumulative gain of the first `depth` documents, 0…1: a gain of 2^grade − 1, discounted by
 * log₂(rank + 1), as a share of the best possible order's (K. Järvelin and J. Kekäläinen, Cumulated gain-based evaluation
 * of IR techniques, 2002; gain by C. Burges et al., Learning to rank using gradient descent, 2005).
 */
export function normalisedGain(ranking: readonly string[], judgements: Judgements, depth: number): number {
  const gain = (grades: readonly number[]) =>
    grades.slice(0, depth).reduce((sum, grade, index) => sum + (2 ** grade - 1) / Math.log2(index + 2), 0);
  const ideal = gain([...judgements.values()].toSorted((one, other) => other - one));
  return ideal === 0 ? 0 : gain(ranking.map((document) => judgements.get(document) ?? 0)) / ideal;
}

/** Share of the relevant documents, those of at least `relevantFrom`, that are among the first `depth`. */
export function recall(
  ranking: readonly string[],
  judgements: Judgements,
  depth: number,
  relevantFrom: number,
): number {
  const relevant = [...judgements].filter(([, grade]) => grade >= relevantFrom).map(([document]) => document);
  const first = new Set(ranking.slice(0, depth));
  return relevant.length === 0
    ? 0
    : relevant.filter((document) => first.has(document)).length / relevant.length;
}

/** 1 / rank of the first relevant document; 0 if there is none. */
export function reciprocalRank(
  ranking: readonly string[],
  judgements: Judgements,
  relevantFrom: number,
): number {
  const index = ranking.findIndex((document) => (judgements.get(document) ?? 0) >= relevantFrom);
  return index === -1 ? 0 : 1 / (index + 1);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
