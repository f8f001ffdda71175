import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import {
  type Analysis,
  type AnalysisRequested,
  ok,
  type Result,
  type StoredRecording,
} from "@crescendai/contracts";
import { createListener } from "@crescendai/performance-analysis";
import { type Logger, openDatabase } from "@crescendai/worker-kit";
import type { Analyser } from "../../src/analysers/analyser.ts";
import { consumeQueue } from "../../src/jobs/consume-queue.ts";
import { type AnalysisJob, findAnalysis, findJobOfRecording } from "../../src/tables/analyses.ts";
import { unwrap } from "./results.ts";
import { silence, wavFile } from "./sounds.ts";

export const LONG_AGO = "2020-01-01T00:00:00.000Z";
export const FAR_OFF = "2100-01-01T00:00:00.000Z";

/** A log that keeps the events by name. */
export function heldLog(): Logger & { readonly events: string[] } {
  const events: string[] = [];
  const note = (event: string) => {
    events.push(event);
  };
  return { info: note, warn: note, error: note, events };
}

export const quiet = heldLog();

/** The service's own database; what goes wrong in it is no news to the tests. */
export const database = openDatabase(env.DB, quiet);

/** Something an analyser may have heard, signed with its name. */
export function heardBy(name: string): Analysis {
  return { ...SILENT, model_version: name };
}

const SILENT = (() => {
  const listener = createListener();
  listener.push(wavFile(silence(3)));
  const heard: Result<Analysis, unknown> = listener.finish();
  return unwrap(heard);
})();

/** An analyser that hears at once, and counts how often it was asked. */
export function countingAnalyser(name = "counting"): Analyser & { readonly calls: () => number } {
  let calls = 0;
  const analyse: Analyser = async () => {
    calls += 1;
    return ok(heardBy(name));
  };
  return Object.assign(analyse, { calls: () => calls });
}

/** An analyser that goes on only when told to. */
export function heldAnalyser(name = "held") {
  const started = Promise.withResolvers<void>();
  const end = Promise.withResolvers<Awaited<ReturnType<Analyser>>>();
  const analyse: Analyser = () => {
    started.resolve();
    return end.promise;
  };
  return {
    analyse,
    started: started.promise,
    hear: () => end.resolve(ok(heardBy(name))),
    throwFault: () => end.reject(new Error("a fault that may pass")),
  };
}

export const throwingAnalyser: Analyser = async () => {
  throw new Error("a fault that may pass");
};

export function messageFor({ id, user_id }: Pick<StoredRecording, "id" | "user_id">): AnalysisRequested {
  return { recording_id: id, user_id, request_id: "test", traceparent: "" };
}

export interface Delivery {
  readonly bindings?: FeedbackEnv;
  readonly analyse?: Analyser;
  readonly log?: Logger;
  readonly queue?: "crescendai-analysis" | "crescendai-analysis-dead-letter";
}

/** Delivers one message; whether it is done with or wanted again. */
export async function deliver(
  body: unknown,
  { bindings = env, analyse = countingAnalyser(), log = quiet, queue = "crescendai-analysis" }: Delivery = {},
): Promise<"acked" | "retried"> {
  const id = crypto.randomUUID();
  const batch = createMessageBatch<unknown>(queue, [{ id, timestamp: new Date(), attempts: 1, body }]);
  const execution = createExecutionContext();
  await consumeQueue(batch, bindings, database, analyse, log);
  const result = await getQueueResult(batch, execution);
  const acked = result.explicitAcks.includes(id);
  const retried = result.retryMessages.some(({ msgId }) => msgId === id);
  if (acked === retried) throw new Error("a message must be either done with or wanted again");
  return acked ? "acked" : "retried";
}

export async function jobOf({ id }: StoredRecording): Promise<AnalysisJob | null> {
  return unwrap(await findJobOfRecording(database, id));
}

/** Whose ears the stored analysis is from; null while there is none. */
export async function heardIn(recording: StoredRecording): Promise<string | null> {
  const job = await jobOf(recording);
  return job === null ? null : (unwrap(await findAnalysis(database, job.job_id))?.model_version ?? null);
}

/** Lets the time pass that it takes until nobody believes in the job's run, or its message, any more. */
export async function letTimeRunOut({ id }: StoredRecording): Promise<void> {
  await env.DB.prepare(
    `UPDATE analyses SET queued_at = ?1, lease_until = CASE WHEN lease_until IS NULL THEN NULL ELSE ?1 END
     WHERE recording_id = ?2 AND status IN ('pending', 'processing')`,
  )
    .bind(LONG_AGO, id)
    .run();
}
