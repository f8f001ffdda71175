/** Most that one word adds to BM25, as a multiple of its inverse document frequency: k₁ + 1, FTS5's k₁ being 1.2. */
const MOST_A_WORD = 2.2;

/** Least inverse document frequency that FTS5 gives a word, however frequent. */
const LEAST_IDF = 1e-6;

/**
 * The BM25 of a passage that had every word of a question as often as one can, in every spelling that occurs: FTS5 gives each
 * an inverse document frequency of its own, and adds them. A word that occurs nowhere counts as one that is in none of them.
 *
 * @param words for each word the chunks that have it, by spelling.
 * @param total chunks in the index.
 */
export function bestPossibleScore(words: readonly (readonly number[])[], total: number): number {
  const counts = words.flatMap((forms) => (forms.some(occurs) ? forms.filter(occurs) : [0]));
  return counts.reduce((sum, chunks) => {
    const idf = Math.log((Math.max(0, total - chunks) + 0.5) / (chunks + 0.5));
    return sum + MOST_A_WORD * Math.max(LEAST_IDF, idf);
  }, 0);
}

function occurs(chunks: number): boolean {
  return chunks > 0;
}

/**
 * Shares of the best possible BM25: from the upper on, the words of the question have found their passage, and meaning
 * counts least; up to the lower they have found next to nothing. Chosen by the evaluation on its development questions,
 * and on known-item searches in texts of quite another kind, for which the model of meaning was never meant.
 */
const CLEAR = 0.5;
const VAGUE = 0.3;

/** Even where words are enough meaning counts: among passages that have the same words it tells which one is about them. */
const LEAST = 0.1;

/** How little the best passage found by words has of what a question says: 0.1 where words are enough, 1 where they fail. */
export function vaguenessOf(bestScore: number, bestPossible: number): number {
  const share = bestPossible === 0 ? 0 : bestScore / bestPossible;
  return Math.max(LEAST, Math.min(1, (CLEAR - share) / (CLEAR - VAGUE)));
}
