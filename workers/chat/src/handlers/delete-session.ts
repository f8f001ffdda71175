import { failed, ok } from "@crescendai/contracts";
import { auditStatement, type Handler, jsonResponse, openDatabase, timestamp } from "@crescendai/worker-kit";
import { discardConversation } from "../conversation/discard.ts";
import { noSuchSession } from "../no-such-session.ts";
import { isSession, removeSessions } from "../tables/sessions.ts";
import { findOwnSession } from "./find-own-session.ts";

/** `DELETE /api/v1/chat/sessions/:session_id`: the conversation with all that was said; an answer under way is ended. */
export const deleteSessionHandler: Handler<ChatEnv> = async (_request, context) => {
  const session = await findOwnSession(context);
  if (!session.ok) return session;
  const { env, caller, log } = context;
  const { id } = session.value;
  const now = timestamp(Date.now());
  const written = await openDatabase(env.DB, log).write(
    auditStatement(caller, "session.delete", id, now, isSession(caller.userId, id)),
    ...removeSessions(caller.userId, [id]),
  );
  if (!written.ok) return written;
  // Somebody else deleted it since it was found.
  if (written.value.at(-1) === 0) return failed(noSuchSession(id));
  await discardConversation(env, id, log);
  return ok(jsonResponse({ message: "The conversation is deleted.", session_id: id }));
};
