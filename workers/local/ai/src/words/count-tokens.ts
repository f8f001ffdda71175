import type { KnownToken, ReadTokens } from "./language-model.ts";

/** The different tokens of a text, in the order in which they come first, and how often each occurs. */
export interface CountedTokens {
  readonly tokens: readonly KnownToken[];
  readonly counts: readonly number[];
}

export function countTokens({ numbers, vocabulary }: ReadTokens): CountedTokens {
  const places = new Map<number, number>();
  const tokens: KnownToken[] = [];
  const counts: number[] = [];
  for (const number of numbers) {
    const place = places.get(number);
    if (place === undefined) {
      places.set(number, tokens.length);
      tokens.push(vocabulary[number]);
      counts.push(1);
    } else {
      counts[place] += 1;
    }
  }
  return { tokens, counts };
}
