/** What a model's tokens cost, in US dollars a million: which is microdollars a token. */
interface Price {
  readonly prompt: number;
  readonly completion: number;
}

/**
 * OpenAI's list prices without discounts (openai.com/api/pricing), as published with the models: GPT-5 on 2025-08-07,
 * GPT-4o mini on 2024-07-18. The stand-in (workers/local/dedalus) costs nothing.
 */
const PRICES: ReadonlyMap<string, Price> = new Map([
  ["openai/gpt-5-nano", { prompt: 0.05, completion: 0.4 }],
  ["openai/gpt-5-mini", { prompt: 0.25, completion: 2 }],
  ["openai/gpt-5", { prompt: 1.25, completion: 10 }],
  ["openai/gpt-4o-mini", { prompt: 0.15, completion: 0.6 }],
  ["local/extractive-coach", { prompt: 0, completion: 0 }],
]);

/** For a model of which no price is known: the dearest that is known, so that no budget is overdrawn unseen. */
const DEAREST: Price = { prompt: 1.25, completion: 10 };

/**
 * What a completion costs, in microdollars, rounded up.
 *
 * @param answeredBy the model as it named itself, often with a date: then the one that was asked for gives the price.
 */
export function costOf(
  answeredBy: string,
  askedFor: string,
  {
    prompt_tokens,
    completion_tokens,
  }: { readonly prompt_tokens: number; readonly completion_tokens: number },
): number {
  const price = PRICES.get(answeredBy) ?? PRICES.get(askedFor) ?? DEAREST;
  return Math.ceil(prompt_tokens * price.prompt + completion_tokens * price.completion);
}
