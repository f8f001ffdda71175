import { COACH } from "../model.ts";
import type { CompletionRequest } from "./read-request.ts";
import { type Reply, type WireReply, wireReply } from "./reply.ts";

/** Characters of a tool call's arguments in a chunk: about as many as models send at once. */
const ARGUMENT_CHARACTERS = 12;

/** A streamed answer: server-sent events (https://platform.openai.com/docs/api-reference/chat-streaming), a word in each. */
export function streamResponse(request: CompletionRequest, reply: Reply): Response {
  const encoder = new TextEncoder();
  const events = eventsOf(wireReply(request, reply), request.stream_options?.include_usage === true);
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = events.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(`data: ${next.value}\n\n`));
    },
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" },
  });
}

function* eventsOf(reply: WireReply, includeUsage: boolean): Generator<string, void, undefined> {
  const common = {
    id: `chatcmpl-${crypto.randomUUID()}`,
    object: "chat.completion.chunk",
    created: Math.floor(Date.now() / 1000),
    model: COACH,
  };
  const chunk = (delta: Record<string, unknown>, finish_reason: string | null = null) =>
    JSON.stringify({ ...common, choices: [{ index: 0, delta, logprobs: null, finish_reason }] });
  yield chunk({ role: "assistant", content: reply.content === null ? null : "" });
  for (const [content] of (reply.content ?? "").matchAll(/\s*\S+|\s+$/g)) yield chunk({ content });
  for (const [index, { id, type, function: called }] of reply.calls.entries()) {
    yield chunk({ tool_calls: [{ index, id, type, function: { name: called.name, arguments: "" } }] });
    for (let start = 0; start < called.arguments.length; start += ARGUMENT_CHARACTERS) {
      const piece = called.arguments.slice(start, start + ARGUMENT_CHARACTERS);
      yield chunk({ tool_calls: [{ index, function: { arguments: piece } }] });
    }
  }
  yield chunk({}, reply.finishReason);
  if (includeUsage) yield JSON.stringify({ ...common, choices: [], usage: reply.usage });
  yield "[DONE]";
}
