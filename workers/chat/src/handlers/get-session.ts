import { ok, type Result } from "@crescendai/contracts";
import {
  describeCause,
  type Handler,
  type HandlerContext,
  jsonResponse,
  openDatabase,
} from "@crescendai/worker-kit";
import { listMessages, shownMessage } from "../tables/messages.ts";
import { type SessionRow, shownSession } from "../tables/sessions.ts";
import { findLastTurn } from "../tables/turns.ts";
import { findOwnSession } from "./find-own-session.ts";

/** `GET /api/v1/chat/sessions/:session_id`: the conversation with its messages, oldest first. */
export const getSessionHandler: Handler<ChatEnv> = async (_request, context) => {
  const session = await findOwnSession(context);
  if (!session.ok) return session;
  const shown = await readSession(context, session.value);
  return shown.ok ? ok(jsonResponse(shown.value)) : shown;
};

async function readSession(
  { env, log, caller, ...rest }: HandlerContext<ChatEnv>,
  session: SessionRow,
): Promise<Result<unknown>> {
  const database = openDatabase(env.DB, log);
  let turn = await findLastTurn(database, session.id);
  if (!turn.ok) return turn;
  if (turn.value?.status === "running") {
    // It may be one that a crash has left: its object knows.
    await settle(env, session.id, log);
    turn = await findLastTurn(database, session.id);
    if (!turn.ok) return turn;
    const again = await findOwnSession({ env, log, caller, ...rest });
    if (!again.ok) return again;
    session = again.value;
  }
  const messages = await listMessages(database, session.id);
  if (!messages.ok) return messages;
  return ok({
    ...shownSession(session),
    message_count: messages.value.length,
    messages: messages.value.map(shownMessage),
    last_turn: turn.value,
  });
}

async function settle(env: ChatEnv, sessionId: string, log: HandlerContext<ChatEnv>["log"]): Promise<void> {
  try {
    await env.CONVERSATIONS.getByName(sessionId).settle();
  } catch (cause) {
    log.warn("turn not settled", { cause: describeCause(cause) });
  }
}
