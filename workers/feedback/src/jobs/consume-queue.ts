import { AnalysisRequestedSchema } from "@crescendai/contracts";
import { type Database, describeCause, type Logger, validate } from "@crescendai/worker-kit";
import type { Analyser } from "../analysers/analyser.ts";
import { giveUp, type Outcome, runAnalysis } from "./run-analysis.ts";

/** Ends every name of the queue on which what couldn't be delivered lands (wrangler.jsonc, `dead_letter_queue`). */
const DEAD_LETTER_SUFFIX = "-dead-letter";

/** Works off a batch of the queue `analysis`, or of its dead letters. */
export async function consumeQueue(
  batch: MessageBatch<unknown>,
  env: FeedbackEnv,
  database: Database,
  analyse: Analyser,
  log: Logger,
): Promise<void> {
  const isDeadLetter = batch.queue.endsWith(DEAD_LETTER_SUFFIX);
  for (const message of batch.messages) {
    const wanted = validate(AnalysisRequestedSchema, message.body, "message");
    if (!wanted.ok) {
      log.error("message not understood", { cause: wanted.error.message });
      message.ack();
      continue;
    }
    const trace = { request_id: wanted.value.request_id, traceparent: wanted.value.traceparent };
    const work = isDeadLetter
      ? giveUp(env, database, wanted.value)
      : runAnalysis(env, database, analyse, wanted.value, log);
    const outcome = await work.catch((cause): Outcome => {
      log.error("message not worked off", { ...trace, cause: describeCause(cause) });
      return "retry";
    });
    log.info("message worked off", {
      ...trace,
      recording_id: wanted.value.recording_id,
      attempt: message.attempts,
    });
    if (outcome === "retry") message.retry();
    else message.ack();
  }
}
