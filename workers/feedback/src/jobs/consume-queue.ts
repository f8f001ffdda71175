import { ListeningTicketSchema } from "@crescendai/contracts";
import { type Database, describeCause, type Logger, validate } from "@crescendai/worker-kit";
import type { Analyser } from "../analysers/analyser.ts";
import { retryDelay } from "./policy.ts";
import { giveUp, runTurn } from "./run-turn.ts";
import type { Outcome } from "./settle.ts";
import { takeRequests } from "./take-requests.ts";

/** The queue of recordings that were stored (wrangler.jsonc); the other one is that of tickets. */
const REQUEST_QUEUE = "crescendai-analysis";

/** Ends the name of the queue on which tickets that couldn't be worked off land (wrangler.jsonc, `dead_letter_queue`). */
const DEAD_LETTER_SUFFIX = "-dead-letter";

/** Works off a batch of one of the queues. */
export async function consumeQueue(
  batch: MessageBatch<unknown>,
  env: FeedbackEnv,
  database: Database,
  analyse: Analyser,
  log: Logger,
): Promise<void> {
  if (batch.queue === REQUEST_QUEUE) return await takeRequests(batch, env, database, log);
  const tools = { env, database, analyse, log };
  const isDeadLetter = batch.queue.endsWith(DEAD_LETTER_SUFFIX);
  for (const message of batch.messages) {
    const ticket = validate(ListeningTicketSchema, message.body, "message");
    if (!ticket.ok) {
      log.error("message not understood", { cause: ticket.error.message });
      message.ack();
      continue;
    }
    const { request_id, traceparent } = ticket.value;
    const trace = { request_id, traceparent, attempt: message.attempts };
    const work = isDeadLetter ? giveUp(ticket.value, tools) : runTurn(ticket.value, message.attempts, tools);
    const outcome = await work.catch((cause): Outcome => {
      log.error("ticket not worked off", { ...trace, cause: describeCause(cause) });
      return "retry";
    });
    log.info("ticket worked off", trace);
    if (outcome === "retry") message.retry({ delaySeconds: retryDelay(message.attempts) });
    else message.ack();
  }
}
