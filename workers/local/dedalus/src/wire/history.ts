import { type Message, toolCallsOf } from "./messages.ts";

/**
 * What a provider would refuse a history for: every tool call is answered by exactly one tool message before anybody says
 * anything else, and nothing else is. Null if nothing is wrong.
 */
export function faultInHistory(messages: readonly Message[]): string | null {
  let open = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (message.role === "tool") {
      if (!open.delete(message.tool_call_id))
        return `messages[${index}] answers ${message.tool_call_id}, which no preceding message with tool_calls has open.`;
      continue;
    }
    if (open.size > 0)
      return (
        "An assistant message with tool_calls must be followed by tool messages for each tool_call_id; " +
        `missing before messages[${index}]: ${[...open].join(", ")}.`
      );
    if (message.role !== "assistant") continue;
    const calls = toolCallsOf(message);
    if (message.content === null && calls.length === 0)
      return `messages[${index}] has neither content nor tool_calls.`;
    open = new Set(calls.map(({ id }) => id));
    if (open.size < calls.length) return `messages[${index}] has two tool_calls of one id.`;
  }
  return open.size === 0 ? null : `No tool message answers ${[...open].join(", ")}.`;
}
