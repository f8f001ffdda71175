import { failed, MAX_MESSAGE_BYTES, ok, PostChatSchema } from "@crescendai/contracts";
import { type Handler, jsonTextResponse, readJson } from "@crescendai/worker-kit";
import { wantsJson } from "../wants-json.ts";
import { eventStreamResponse } from "./event-stream.ts";
import { findSessionOf } from "./find-own-session.ts";

/**
 * `POST /api/v1/chat`: answers a message, as server-sent events while it is made, or whole as JSON. The turn doesn't
 * depend on who listens.
 */
export const postChatHandler: Handler<ChatEnv> = async (request, context) => {
  const wanted = await readJson(request, PostChatSchema);
  if (!wanted.ok) return wanted;
  const { session_id, content, stream } = wanted.value;
  if (new TextEncoder().encode(content).length > MAX_MESSAGE_BYTES) {
    return failed({
      code: "PAYLOAD_TOO_LARGE",
      message: `A message may have at most ${MAX_MESSAGE_BYTES / 1024} KiB. Send it in parts.`,
    });
  }
  const session = await findSessionOf(context, session_id);
  if (!session.ok) return session;
  const { env, caller } = context;
  const conversation = env.CONVERSATIONS.getByName(session_id);
  const begun = await conversation.begin({ caller, session: session.value, content });
  if (!begun.ok) return begun;
  if (stream === false || (stream === undefined && wantsJson(request.headers.get("accept")))) {
    const answer = await conversation.outcome(begun.value);
    return answer.ok ? ok(jsonTextResponse(answer.value)) : answer;
  }
  return ok(eventStreamResponse(await conversation.follow({ turnId: begun.value, number: 0 })));
};
