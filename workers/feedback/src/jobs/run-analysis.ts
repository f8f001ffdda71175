import { type AnalysisRequested, ok, type Result, type StoredRecording } from "@crescendai/contracts";
import { type Database, describeCause, type Logger, readInChunks, timestamp } from "@crescendai/worker-kit";
import type { Analyser } from "../analysers/analyser.ts";
import {
  claimJob,
  completeJob,
  failJob,
  failRun,
  findJobOfRecording,
  insertJob,
  releaseJob,
  removeJobOfRecording,
  reportProgress,
} from "../tables/analyses.ts";
import { HEARTBEAT_MS, LEASE_MS, MAX_ATTEMPTS } from "./policy.ts";

/** What becomes of a message: done with, or to be delivered again. */
export type Outcome = "done" | "retry";

const GIVEN_UP =
  "We tried several times to listen to this recording and could not finish. Please try again later, or send it in another format.";

/**
 * Does the work that a message on the queue asks for. Delivered twice, it does the work once: only one run at a
 * time holds a job, and a finished job is not taken up again.
 */
export async function runAnalysis(
  env: FeedbackEnv,
  database: Database,
  analyse: Analyser,
  message: AnalysisRequested,
  log: Logger,
): Promise<Outcome> {
  const recording = await env.RECORDINGS.getRecording(message.user_id, message.recording_id);
  if (!recording.ok) return "retry";
  if (recording.value === null) return await forget(database, message.recording_id);
  const claimed = await claim(database, recording.value);
  if (!claimed.ok) return "retry";
  // Nothing to take up. Where the job has ended, its recording may not know yet: a crash came between the two.
  if (claimed.value === null) return await settle(env, database, recording.value.id);
  const { runId, attempts } = claimed.value;
  if (attempts > MAX_ATTEMPTS) return await endRun(env, database, recording.value.id, runId, GIVEN_UP);
  try {
    return await listen(env, database, analyse, recording.value, runId);
  } catch (cause) {
    log.error("analysis failed", { recording_id: recording.value.id, cause: describeCause(cause) });
    await database.write(releaseJob(runId, timestamp(Date.now())));
    return "retry";
  }
}

interface Claim {
  readonly runId: string;
  readonly attempts: number;
}

async function claim(database: Database, recording: StoredRecording): Promise<Result<Claim | null>> {
  const now = Date.now();
  const runId = crypto.randomUUID();
  const written = await database.write(
    insertJob(crypto.randomUUID(), recording, timestamp(now)),
    claimJob(recording.id, runId, timestamp(now + LEASE_MS), timestamp(now)),
  );
  if (!written.ok) return written;
  if (written.value[1] === 0) return ok(null);
  const job = await findJobOfRecording(database, recording.id);
  return job.ok ? ok({ runId, attempts: job.value?.attempts ?? 1 }) : job;
}

async function listen(
  env: FeedbackEnv,
  database: Database,
  analyse: Analyser,
  recording: StoredRecording,
  runId: string,
): Promise<Outcome> {
  const known = await env.RECORDINGS.setStatus(recording.id, "analyzing");
  if (known.ok && !known.value) return await forget(database, recording.id);
  const bytes = bytesOf(env.AUDIO, recording.object_key);
  const heard = await analyse(recording, bytes, heartbeat(database, runId));
  if (!heard.ok) return await endRun(env, database, recording.id, runId, heard.error.message);
  const written = await database.write(completeJob(runId, heard.value, timestamp(Date.now())));
  if (!written.ok) throw new Error("the analysis could not be stored");
  return await settle(env, database, recording.id);
}

/** The bytes of an object, fetched once somebody wants the first. */
async function* bytesOf(bucket: R2Bucket, key: string): AsyncGenerator<Uint8Array, void, void> {
  const object = await bucket.get(key);
  // Most likely the recording is being deleted: the next delivery finds it gone.
  if (object === null) throw new Error("the recording's bytes are not there");
  yield* readInChunks(object.body);
}

async function endRun(
  env: FeedbackEnv,
  database: Database,
  recordingId: string,
  runId: string,
  reason: string,
): Promise<Outcome> {
  const written = await database.write(failRun(runId, reason, timestamp(Date.now())));
  if (!written.ok) return "retry";
  return await settle(env, database, recordingId);
}

/**
 * Tells the recording how its job ended, whoever ended it; if it was deleted meanwhile, nothing of it stays here.
 * Does nothing for a job that hasn't ended: a run that lost its job to another has no say in it any more.
 */
async function settle(env: FeedbackEnv, database: Database, recordingId: string): Promise<Outcome> {
  const job = await findJobOfRecording(database, recordingId);
  if (!job.ok) return "retry";
  const status = job.value?.status;
  if (status !== "completed" && status !== "failed") return "done";
  const known = await env.RECORDINGS.setStatus(recordingId, status);
  if (!known.ok) return "retry";
  return known.value ? "done" : await forget(database, recordingId);
}

async function forget(database: Database, recordingId: string): Promise<Outcome> {
  const removed = await database.write(removeJobOfRecording(recordingId));
  return removed.ok ? "done" : "retry";
}

/** Writes progress as a sign of life, no more often than it is needed as one. */
function heartbeat(database: Database, runId: string): (share: number) => Promise<void> {
  let last = Date.now();
  return async (share) => {
    const now = Date.now();
    if (now - last < HEARTBEAT_MS) return;
    last = now;
    // 99 at most: 100 is for what is stored.
    const percent = Math.min(99, Math.floor(share * 100));
    await database.write(reportProgress(runId, percent, timestamp(now + LEASE_MS), timestamp(now)));
  };
}

/** Ends a job whose message was delivered as often as the queue delivers it. */
export async function giveUp(
  env: FeedbackEnv,
  database: Database,
  message: AnalysisRequested,
): Promise<Outcome> {
  const written = await database.write(failJob(message.recording_id, GIVEN_UP, timestamp(Date.now())));
  return written.ok ? await settle(env, database, message.recording_id) : "retry";
}
