import type { ChatMessage } from "@crescendai/contracts";
import type { MessageRow } from "../tables/messages.ts";
import { type Exchange, exchangeRows } from "./message-rows.ts";
import { tokensOf } from "./tokens.ts";

/**
 * The newest exchanges that fit into a number of tokens, in their order. Cut between exchanges only, so never between a tool
 * call and its results; an exchange that fits only without its tools goes without them.
 */
export function historyWindow(exchanges: readonly Exchange[], maxTokens: number): ChatMessage[] {
  const rows: ChatMessage[][] = [];
  let left = maxTokens;
  for (const exchange of exchanges.toReversed()) {
    const whole = exchangeRows(exchange, true);
    const fitting = [whole, exchangeRows(exchange, false)].find((candidate) => tokensOf(candidate) <= left);
    if (fitting === undefined) break;
    left -= tokensOf(fitting);
    rows.unshift(fitting);
  }
  return rows.flat();
}

/** Messages by turns. A turn without an answer has none, and an answer without its question is nothing. */
export function exchangesOf(messages: readonly MessageRow[]): Exchange[] {
  return messages
    .filter(({ role }) => role === "user")
    .map((question) => {
      const answer = messages.find(
        ({ role, turn_id }) => role === "assistant" && turn_id === question.turn_id,
      );
      return {
        seq: answer?.seq ?? question.seq,
        question: question.content,
        rounds: answer?.rounds ?? null,
      };
    });
}
