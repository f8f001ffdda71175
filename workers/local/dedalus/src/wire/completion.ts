import { COACH } from "../model.ts";
import type { CompletionRequest } from "./read-request.ts";
import { type Reply, wireReply } from "./reply.ts";

/** A whole answer (https://platform.openai.com/docs/api-reference/chat/object). */
export function completionResponse(request: CompletionRequest, reply: Reply): Response {
  const { content, calls, finishReason, usage } = wireReply(request, reply);
  return Response.json({
    id: `chatcmpl-${crypto.randomUUID()}`,
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model: COACH,
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content,
          refusal: null,
          ...(calls.length === 0 ? {} : { tool_calls: calls }),
        },
        logprobs: null,
        finish_reason: finishReason,
      },
    ],
    usage,
  });
}
