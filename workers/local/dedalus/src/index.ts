import { WorkerEntrypoint } from "cloudflare:workers";
import { answerConversation } from "./coach/answer-conversation.ts";
import { COACH } from "./model.ts";
import { completionResponse } from "./wire/completion.ts";
import { errorResponse } from "./wire/error.ts";
import { readRequest } from "./wire/read-request.ts";
import { streamResponse } from "./wire/stream.ts";

/**
 * The Dedalus API for where there is no key: chat completions on OpenAI's wire format, whole and streamed, with tool calls,
 * usage and errors. Whatever model is asked for, the extractive coach answers, and says so in `model`.
 */
export default class LocalDedalus extends WorkerEntrypoint<LocalDedalusEnv> {
  override async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (!/^Bearer \S+$/.test(request.headers.get("authorization") ?? ""))
      return errorResponse(401, "No key was given: send one as a bearer token. Any will do here.", {
        code: "invalid_api_key",
      });
    if (pathname === "/v1/models" && request.method === "GET")
      return Response.json({
        object: "list",
        data: [{ id: COACH, object: "model", created: 0, owned_by: "local" }],
      });
    if (pathname === "/v1/chat/completions" && request.method === "POST") return await answer(request);
    return errorResponse(404, `There is no ${request.method} ${pathname} here.`);
  }
}

async function answer(request: Request): Promise<Response> {
  const asked = readRequest(await request.text());
  if (!asked.ok) return errorResponse(400, asked.message, { param: asked.param });
  const reply = answerConversation(asked.value);
  return asked.value.stream ? streamResponse(asked.value, reply) : completionResponse(asked.value, reply);
}
