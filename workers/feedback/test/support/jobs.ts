import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { type Analysis, type ListeningTicket, ok, type StoredRecording } from "@crescendai/contracts";
import { type Logger, openDatabase, timestamp } from "@crescendai/worker-kit";
import { afterEach, beforeAll, beforeEach, vi } from "vitest";
import type { Analyser } from "../../src/analysers/analyser.ts";
import { consumeQueue } from "../../src/jobs/consume-queue.ts";
import { type AnalysisJob, findAnalysis, findJobOfRecording, insertJob } from "../../src/tables/analyses.ts";
import { takeTurn } from "../../src/tables/turns.ts";
import { SILENT_ANALYSIS } from "./analyses.ts";
import { migrateDatabases, storeRecording } from "./recordings.ts";
import { unwrap } from "./results.ts";

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
  return { ...SILENT_ANALYSIS, model_version: name };
}

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

/** A recording of the user's that waits for its turn. */
export async function storeWaiting(...stored: Parameters<typeof storeRecording>): Promise<StoredRecording> {
  const recording = await storeRecording(...stored);
  unwrap(await database.write(insertJob(crypto.randomUUID(), recording, timestamp(Date.now()))));
  return recording;
}

/** A ticket that is always the same for the same recording, as if delivered again and again. */
export function ticketFor({ id }: Pick<StoredRecording, "id">): ListeningTicket {
  return { ticket: id, request_id: "test", traceparent: "" };
}

export interface Delivery {
  readonly bindings?: FeedbackEnv;
  readonly analyse?: Analyser;
  readonly log?: Logger;
  readonly queue?: "crescendai-analysis" | "crescendai-listening" | "crescendai-listening-dead-letter";
  /** How often the message was delivered, this time included. */
  readonly attempts?: number;
}

/** Delivers one message; whether it is done with or wanted again. */
export async function deliver(
  body: unknown,
  {
    bindings = env,
    analyse = countingAnalyser(),
    log = quiet,
    queue = "crescendai-listening",
    attempts = 1,
  }: Delivery = {},
): Promise<"acked" | "retried"> {
  const id = crypto.randomUUID();
  const batch = createMessageBatch<unknown>(queue, [{ id, timestamp: new Date(), attempts, body }]);
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

/** Every job, in the order in which they were made. */
export async function findJobs(): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(
    "SELECT job_id, recording_id, status, attempts FROM analyses ORDER BY rowid",
  ).all();
  return results;
}

/** Each test of the file begins without jobs, so that no turn is anybody else's, and ends with the real clock. */
export function aloneWithItsJobs(): void {
  beforeAll(migrateDatabases);
  beforeEach(async () => {
    await env.DB.exec("DELETE FROM analyses");
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** Takes the recording's job up for a run that gives no sign of life. */
export async function takeUp({ id }: StoredRecording, runId = crypto.randomUUID()) {
  return unwrap(await takeTurn(database, id, runId, FAR_OFF, new Date(Date.now()).toISOString()));
}
