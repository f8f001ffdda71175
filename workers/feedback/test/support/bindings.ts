import { env } from "cloudflare:workers";
import type { ListeningTicket } from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";

/** A method of a service that isn't reachable. */
export async function unreachable(): Promise<never> {
  throw new Error("the service is not reachable");
}

/** The real bindings with a queue that keeps the tickets that are sent, so that a test delivers them when it wants. */
export function withHeldQueue(): { bindings: FeedbackEnv; sent: ListeningTicket[] } {
  const sent: ListeningTicket[] = [];
  const send = async (ticket: ListeningTicket) => {
    sent.push(ticket);
  };
  const sendBatch = async (messages: Iterable<{ readonly body: ListeningTicket }>) => {
    for (const { body } of messages) sent.push(body);
  };
  const queue = overriding(env.LISTENING_QUEUE, { send, sendBatch });
  return { bindings: { ...env, LISTENING_QUEUE: queue }, sent };
}
