import { ok } from "@crescendai/contracts";
import type { Handler } from "@crescendai/worker-kit";
import { readEventId } from "../answer/server-sent-events.ts";
import { eventStreamResponse } from "./event-stream.ts";
import { findOwnSession } from "./find-own-session.ts";

/**
 * `GET /api/v1/chat/sessions/:session_id/stream`: the events of the newest answer after `Last-Event-ID`, those to come
 * included; all of them without it.
 */
export const followAnswerHandler: Handler<ChatEnv> = async (request, context) => {
  const session = await findOwnSession(context);
  if (!session.ok) return session;
  const position = readEventId(request.headers.get("last-event-id"));
  if (!position.ok) return position;
  const conversation = context.env.CONVERSATIONS.getByName(session.value.id);
  return ok(eventStreamResponse(await conversation.follow(position.value)));
};
