import type { CountedTokens } from "../words/count-tokens.ts";
import type { WordVectors } from "../words/word-vectors.ts";
import { toUnitLength } from "./vectors.ts";

/**
 * What a text is about in the library's own terms: latent semantic analysis (S. Deerwester et al.: Indexing by Latent Semantic
 * Analysis, JASIS 1990) of the passages of library/, where the words of the piano keep other company than in general text.
 *
 * @param domain vectors by stem.
 * @returns a vector as long as the share of the text's significance that lies in terms of the library: 0…1.
 */
export function domainMeaning(domain: WordVectors, { tokens, counts }: CountedTokens): Float32Array {
  const countsOfTerms = new Map<number, number>();
  let covered = 0;
  let all = 0;
  for (let i = 0; i < tokens.length; i += 1) {
    const { term, significance } = tokens[i];
    const count = counts[i];
    all += count * significance;
    if (term === undefined) continue;
    covered += count * significance;
    countsOfTerms.set(term, (countsOfTerms.get(term) ?? 0) + count);
  }
  const sum = new Float32Array(domain.dimensions);
  for (const [term, count] of countsOfTerms) {
    domain.addTo(sum, term, (1 + Math.log(count)) * domain.informationOf(term));
  }
  const share = all === 0 ? 0 : covered / all;
  return toUnitLength(sum).map((value) => value * share);
}
