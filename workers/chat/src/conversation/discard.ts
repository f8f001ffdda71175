import { describeCause, type Logger } from "@crescendai/worker-kit";

/**
 * Has a session's object end its turn and forget its events. Should it not answer: what it holds can't be reached without the
 * session, its turn finds no session to be kept in, and the events go by its own alarm.
 */
export async function discardConversation(
  env: Pick<ChatEnv, "CONVERSATIONS">,
  sessionId: string,
  log: Logger,
): Promise<void> {
  try {
    await env.CONVERSATIONS.getByName(sessionId).discard();
  } catch (cause) {
    log.warn("conversation not discarded", { cause: describeCause(cause) });
  }
}
