import { type ChatSessionDetailSchema, ok, type Result } from "@crescendai/contracts";
import {
  describeCause,
  type Handler,
  type HandlerContext,
  jsonResponse,
  openDatabase,
} from "@crescendai/worker-kit";
import type * as v from "valibot";
import { listMessages, shownMessage } from "../tables/messages.ts";
import { shownSession } from "../tables/sessions.ts";
import { findLastTurn } from "../tables/turns.ts";
import { findOwnSession } from "./find-own-session.ts";

type SessionDetail = v.InferOutput<typeof ChatSessionDetailSchema>;

/** `GET /api/v1/chat/sessions/:session_id`: the conversation with its messages, oldest first. */
export const getSessionHandler: Handler<ChatEnv> = async (_request, context) => {
  const found = await readSession(context);
  if (!found.ok) return found;
  if (found.value.last_turn?.status !== "running") return ok(jsonResponse(found.value));
  // It may be a turn that a crash has left: its object knows.
  await settle(context, found.value.id);
  const settled = await readSession(context);
  return settled.ok ? ok(jsonResponse(settled.value)) : settled;
};

async function readSession(context: HandlerContext<ChatEnv>): Promise<Result<SessionDetail>> {
  const session = await findOwnSession(context);
  if (!session.ok) return session;
  const { id } = session.value;
  const database = openDatabase(context.env.DB, context.log);
  // Before the messages: of a turn that has ended, what was said is among them.
  const turn = await findLastTurn(database, id);
  if (!turn.ok) return turn;
  const messages = await listMessages(database, id);
  if (!messages.ok) return messages;
  return ok({
    ...shownSession(session.value),
    message_count: messages.value.length,
    messages: messages.value.map(shownMessage),
    last_turn: turn.value,
  });
}

async function settle({ env, log }: HandlerContext<ChatEnv>, sessionId: string): Promise<void> {
  try {
    await env.CONVERSATIONS.getByName(sessionId).settle();
  } catch (cause) {
    log.warn("turn not settled", { cause: describeCause(cause) });
  }
}
