import type { CountedTokens } from "../words/count-tokens.ts";
import type { KnownToken } from "../words/language-model.ts";
import type { WordVectors } from "../words/word-vectors.ts";
import { toUnitLength, without } from "./vectors.ts";

/** The a of the weights: Arora et al. found 10⁻³ to 10⁻⁴ good. */
const SMOOTHING = 1e-3;

/**
 * What a text is about in general English: the average of its words' vectors by smooth inverse frequency, without the
 * directions that all texts share (S. Arora, Y. Liang, T. Ma: A Simple but Tough-to-Beat Baseline for Sentence Embeddings,
 * ICLR 2017, who leave out one; three as J. Mu, P. Viswanath: All-but-the-Top, ICLR 2018, have it for words).
 *
 * @returns a vector of length 1, or of zeros if no word is known.
 */
export function generalMeaning(general: WordVectors, { tokens, counts }: CountedTokens): Float32Array {
  const sum = weightedSum(general, tokens, counts);
  return toUnitLength(without(toUnitLength(sum), general.commonDirections));
}

/** The sum of the words' vectors, each as often as it occurs, with its weight a / (a + p), where p is its probability. */
export function weightedSum(
  general: WordVectors,
  tokens: readonly Pick<KnownToken, "word">[],
  counts: readonly number[],
): Float32Array {
  const sum = new Float32Array(general.dimensions);
  for (let i = 0; i < tokens.length; i += 1) {
    const { word } = tokens[i];
    if (word === undefined) continue;
    const probability = Math.exp(-general.informationOf(word));
    general.addTo(sum, word, (counts[i] * SMOOTHING) / (SMOOTHING + probability));
  }
  return sum;
}
