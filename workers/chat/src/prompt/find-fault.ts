import type { ChatMessage } from "@crescendai/contracts";

/**
 * What a strict provider would refuse in a conversation, as a sentence; null if nothing. The rules are those of chat
 * completions (https://platform.openai.com/docs/api-reference/chat) and of the strictest providers behind one interface:
 * system messages come first; then a player and the assistant in turns, the player first and last unless tools are under way;
 * every call of a tool has an id of its own, a name, and a JSON object as arguments, and is followed at once by exactly one
 * `tool` message for each call, before anything else; no message is empty.
 */
export function findFault(messages: readonly ChatMessage[]): string | null {
  let expected: "user" | "assistant" = "user";
  let pending = new Set<string>();
  const known = new Set<string>();
  let begun = false;
  for (const [index, message] of messages.entries()) {
    const at = `message ${index}`;
    if (message.role === "tool") {
      if (!pending.delete(message.tool_call_id)) return `${at} answers no call of the message before`;
      if (message.content === "") return `${at} is empty`;
      continue;
    }
    if (pending.size > 0) return `${at} comes before every call was answered`;
    if (message.role === "system") {
      if (begun) return `${at} is a system message in the middle`;
      if (message.content === "") return `${at} is empty`;
      continue;
    }
    begun = true;
    if (message.role !== expected) return `${at} is the ${message.role}'s out of turn`;
    if (message.role === "user") {
      if (message.content.trim() === "") return `${at} is empty`;
      expected = "assistant";
      continue;
    }
    const calls = message.tool_calls ?? [];
    if (calls.length === 0) {
      if ((message.content ?? "") === "") return `${at} is empty`;
      expected = "user";
      continue;
    }
    pending = new Set();
    for (const call of calls) {
      if (known.has(call.id)) return `${at} uses the id of another call`;
      if (!/^[a-zA-Z0-9_-]{1,64}$/.test(call.function.name)) return `${at} calls a tool by no name`;
      if (!isObject(call.function.arguments)) return `${at} calls a tool with what is no JSON object`;
      known.add(call.id);
      pending.add(call.id);
    }
    // The assistant goes on when the results are there.
    expected = "assistant";
  }
  if (pending.size > 0) return "a call was never answered";
  return begun ? null : "nobody has said anything";
}

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
