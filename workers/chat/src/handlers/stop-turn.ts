import { ok } from "@crescendai/contracts";
import { type Handler, jsonResponse } from "@crescendai/worker-kit";
import { findOwnSession } from "./find-own-session.ts";

/** `POST /api/v1/chat/sessions/:session_id/stop`: ends the answer under way; what was said is kept. */
export const stopTurnHandler: Handler<ChatEnv> = async (_request, context) => {
  const session = await findOwnSession(context);
  if (!session.ok) return session;
  const { id } = session.value;
  const stopped = await context.env.CONVERSATIONS.getByName(id).stop();
  const message = stopped ? "The answer is stopped; what was said is kept." : "No answer was under way.";
  return ok(jsonResponse({ message, session_id: id, stopped }));
};
