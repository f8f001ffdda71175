import type { CompletionRequest, Usage } from "@crescendai/contracts";
import type { AnswerSoFar } from "../provider/assemble.ts";
import { costOf } from "./prices.ts";

/** Characters of English a token, roughly (OpenAI, "What are tokens and how to count them?"): other languages have fewer. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * What an answer took: as the provider says, or, where it doesn't, or the answer was broken off, by the length of what was
 * said.
 */
export function usageOf(request: CompletionRequest, askedFor: string, answer: AnswerSoFar): Usage {
  const { prompt_tokens, completion_tokens } = answer.usage ?? {
    prompt_tokens: estimateTokens(JSON.stringify([request.messages, request.tools ?? []]).length),
    completion_tokens: estimateTokens(answer.characters),
  };
  const tokens = { prompt_tokens, completion_tokens };
  return { ...tokens, cost_microdollars: costOf(answer.model ?? askedFor, askedFor, tokens) };
}

function estimateTokens(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

/** The sum of what two answers took. */
export function addUsage(a: Usage, b: Usage): Usage {
  return {
    prompt_tokens: a.prompt_tokens + b.prompt_tokens,
    completion_tokens: a.completion_tokens + b.completion_tokens,
    cost_microdollars: a.cost_microdollars + b.cost_microdollars,
  };
}
