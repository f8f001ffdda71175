import type { ChatMessage } from "@crescendai/contracts";

/**
 * Bytes of UTF-8 that a token holds, taken low. English has about four (OpenAI, "What are tokens and how to count them?"),
 * other languages and JSON fewer; counting too many tokens costs some history, counting too few costs the answer.
 */
const BYTES_PER_TOKEN = 3;

/** Tokens that every message takes besides its text (OpenAI cookbook, "How to count tokens with tiktoken": three or four). */
const TOKENS_PER_MESSAGE = 4;

const encoder = new TextEncoder();

/** About how many tokens a text has; rather too many than too few. */
export function estimateTokens(text: string): number {
  return Math.ceil(encoder.encode(text).length / BYTES_PER_TOKEN);
}

/** The same of messages, the tool calls in them included. */
export function tokensOf(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, message) => sum + TOKENS_PER_MESSAGE + estimateTokens(wireText(message)), 0);
}

function wireText(message: ChatMessage): string {
  const calls = message.role === "assistant" && message.tool_calls ? JSON.stringify(message.tool_calls) : "";
  return `${message.content ?? ""}${calls}`;
}
