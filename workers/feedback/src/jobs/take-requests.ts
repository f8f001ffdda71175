import { type AnalysisRequested, AnalysisRequestedSchema } from "@crescendai/contracts";
import { type Database, describeCause, type Logger, timestamp, validate } from "@crescendai/worker-kit";
import { insertJob } from "../tables/analyses.ts";
import { newTicket } from "./send-tickets.ts";

/**
 * Writes down a job for every recording that was stored, and sends a ticket for each: from then on it is known who
 * waits, and the order of the messages is of no importance. Delivered again, it sends tickets too many, which find
 * nothing to do.
 */
export async function takeRequests(
  batch: MessageBatch<unknown>,
  env: FeedbackEnv,
  database: Database,
  log: Logger,
): Promise<void> {
  const wanted = batch.messages.flatMap((message) => {
    const request = validate(AnalysisRequestedSchema, message.body, "message");
    if (request.ok) return [{ message, request: request.value }];
    log.error("message not understood", { cause: request.error.message });
    message.ack();
    return [];
  });
  if (wanted.length === 0) return;
  const requests = wanted.map(({ request }) => request);
  const taken = await takeAll(requests, env, database, log);
  for (const { message } of wanted) {
    if (taken) message.ack();
    else message.retry();
  }
}

async function takeAll(
  requests: readonly AnalysisRequested[],
  env: FeedbackEnv,
  database: Database,
  log: Logger,
): Promise<boolean> {
  const now = timestamp(Date.now());
  const written = await database.write(
    ...requests.map(({ recording_id, user_id }) =>
      insertJob(crypto.randomUUID(), { id: recording_id, user_id }, now),
    ),
  );
  if (!written.ok) return false;
  try {
    await env.LISTENING_QUEUE.sendBatch(
      requests.map(({ request_id, traceparent }) => ({
        body: newTicket({ requestId: request_id, traceparent }),
      })),
    );
  } catch (cause) {
    log.error("tickets not sent", { count: requests.length, cause: describeCause(cause) });
    return false;
  }
  log.info("recordings wait for their turn", { count: requests.length });
  return true;
}
