import type { CompletionRequest } from "./read-request.ts";

/** A call that the coach wants made. */
export interface WantedCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What the coach answers: text, or calls of tools. */
export type Reply =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "calls"; readonly calls: readonly WantedCall[] };

/** A reply as the wire has it. */
export type WireReply = ReturnType<typeof wireReply>;

/** The stand-in counts a token for every four characters. */
const CHARACTERS_PER_TOKEN = 4;

/** Makes a reply what goes over the wire: with ids, within the limit of tokens, and counted. */
export function wireReply(request: CompletionRequest, reply: Reply) {
  const limit = request.max_completion_tokens ?? request.max_tokens;
  const longest = limit === null ? Number.POSITIVE_INFINITY : limit * CHARACTERS_PER_TOKEN;
  const text = reply.type === "text" ? Array.from(reply.text) : [];
  const content = reply.type === "text" ? text.slice(0, longest).join("") : null;
  const calls = (reply.type === "calls" ? reply.calls : []).map(({ name, arguments: given }) => ({
    id: `call_${crypto.randomUUID().replaceAll("-", "")}`,
    type: "function" as const,
    function: { name, arguments: JSON.stringify(given) },
  }));
  const prompt_tokens = tokens(JSON.stringify([request.messages, request.tools]));
  const completion_tokens = tokens(content ?? JSON.stringify(calls.map((call) => call.function)));
  return {
    content,
    calls,
    finishReason: calls.length > 0 ? "tool_calls" : text.length > longest ? "length" : "stop",
    usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
  };
}

function tokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
