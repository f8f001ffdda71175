import type { ListeningTicket } from "@crescendai/contracts";
import { describeCause, type Logger } from "@crescendai/worker-kit";

/** In whose request something is wanted. */
export interface RequestTrace {
  readonly requestId: string;
  readonly traceparent: string;
}

/** A ticket for one turn. */
export function newTicket({ requestId, traceparent }: RequestTrace): ListeningTicket {
  return { ticket: crypto.randomUUID(), request_id: requestId, traceparent };
}

/**
 * Puts one ticket on the queue, for one more job that waits. What can't be sent is logged: the job stands as pending,
 * and whoever asks for it next, or the sweep, sends another.
 */
export async function sendTicket(env: FeedbackEnv, trace: RequestTrace, log: Logger): Promise<void> {
  try {
    await env.LISTENING_QUEUE.send(newTicket(trace));
  } catch (cause) {
    log.error("ticket not sent", { request_id: trace.requestId, cause: describeCause(cause) });
  }
}
