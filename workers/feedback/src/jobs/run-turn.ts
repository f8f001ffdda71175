import type { ListeningTicket, Result, StoredRecording } from "@crescendai/contracts";
import { type Database, describeCause, type Logger, timestamp } from "@crescendai/worker-kit";
import type { Analyser } from "../analysers/analyser.ts";
import { storedAudio } from "../analysers/stored-audio.ts";
import { forgetAbout } from "../forget.ts";
import {
  completeJob,
  failJobOfTicket,
  failRun,
  findJobOfTicket,
  releaseJob,
  reportProgress,
} from "../tables/analyses.ts";
import { type Turn, takeTurn } from "../tables/turns.ts";
import { HEARTBEAT_MS, LEASE_MS, MAX_ATTEMPTS, retryDelay } from "./policy.ts";
import { type Outcome, settle } from "./settle.ts";

const GIVEN_UP =
  "We tried several times to listen to this recording and could not finish. Please try again later, or send it in another format.";

/** A run has lost its job: to another run, or because the recording was deleted. */
class JobLostError extends Error {
  override readonly name = "JobLostError";
}

/** What a turn is taken with. */
interface TurnTools {
  readonly env: FeedbackEnv;
  readonly database: Database;
  readonly analyse: Analyser;
  readonly log: Logger;
}

/** A job taken up for one run, and how often its ticket was delivered. */
interface Run extends Turn {
  readonly runId: string;
  readonly deliveries: number;
}

/**
 * Does the work that a ticket stands for: listens to the recording whose turn it is. Delivered twice, it does the work
 * once: the ticket stays with its job, only one run at a time holds a job, and a finished job is not taken up again.
 *
 * @param deliveries how often the ticket was delivered, from 1.
 */
export async function runTurn(
  { ticket }: ListeningTicket,
  deliveries: number,
  tools: TurnTools,
): Promise<Outcome> {
  const { env, database, log } = tools;
  const runId = crypto.randomUUID();
  const now = Date.now();
  const taken = await takeTurn(database, ticket, runId, timestamp(now + LEASE_MS), timestamp(now));
  if (!taken.ok) return "retry";
  if (taken.value === null) return await settleJobOf(ticket, tools);
  const run: Run = { ...taken.value, runId, deliveries };
  try {
    return await perform(run, tools);
  } catch (cause) {
    if (cause instanceof JobLostError) return await settle(env, database, run.recording_id);
    log.error("analysis failed", {
      recording_id: run.recording_id,
      attempt: run.attempts,
      cause: describeCause(cause),
    });
    return await release(run, database);
  }
}

/** Nothing to take up. Where the ticket's job has ended, its recording may not know yet: a crash came between the two. */
async function settleJobOf(ticket: string, { env, database }: TurnTools): Promise<Outcome> {
  const job = await findJobOfTicket(database, ticket);
  if (!job.ok) return "retry";
  return job.value === null ? "done" : await settle(env, database, job.value.recording_id);
}

async function perform(run: Run, tools: TurnTools): Promise<Outcome> {
  const { env, database } = tools;
  if (run.attempts > MAX_ATTEMPTS) return await endRun(run, GIVEN_UP, tools);
  const recording: Result<StoredRecording | null> = await env.RECORDINGS.getRecording(
    run.user_id,
    run.recording_id,
  );
  if (!recording.ok) throw new Error(`recordings answered ${recording.error.code}`);
  if (recording.value === null) return await forget(run, tools);
  const known: Result<boolean> = await env.RECORDINGS.setStatus(run.recording_id, "analyzing");
  if (known.ok && !known.value) return await forget(run, tools);
  return await listen(recording.value, run, tools, database);
}

async function listen(
  recording: StoredRecording,
  run: Run,
  tools: TurnTools,
  database: Database,
): Promise<Outcome> {
  const { env, analyse } = tools;
  const audio = storedAudio(env.AUDIO, recording.object_key, recording.file_size);
  const heard = await analyse(recording, audio, heartbeat(run, database));
  if (!heard.ok) return await endRun(run, heard.error.message, tools);
  const written = await database.write(completeJob(run.runId, heard.value, timestamp(Date.now())));
  if (!written.ok) throw new Error("the analysis could not be stored");
  return await settle(env, database, run.recording_id);
}

/** Ends a run with a reason for the player. */
async function endRun(run: Run, reason: string, { env, database }: TurnTools): Promise<Outcome> {
  const written = await database.write(failRun(run.runId, reason, timestamp(Date.now())));
  if (!written.ok) throw new Error("the end could not be stored");
  return await settle(env, database, run.recording_id);
}

async function forget(run: Run, { env, database }: TurnTools): Promise<Outcome> {
  const forgotten = await forgetAbout(env, database, run.recording_id);
  if (!forgotten.ok) throw new Error("the recording is gone, and its job could not be removed");
  return "done";
}

/** Hands the job back, to be taken up by the next delivery of this ticket. */
async function release(run: Run, database: Database): Promise<Outcome> {
  const now = Date.now();
  const deliveredAt = now + retryDelay(run.deliveries) * 1000;
  // Where this fails too, the lease runs out.
  await database.write(releaseJob(run.runId, timestamp(deliveredAt), timestamp(now)));
  return "retry";
}

/**
 * Writes progress as a sign of life, no more often than it is needed as one. Throws a `JobLostError` where the job isn't
 * this run's any more: there is no use in listening on.
 */
function heartbeat({ runId }: Run, database: Database): (share: number) => Promise<void> {
  let last = Date.now();
  let furthest = 0;
  return async (share) => {
    const now = Date.now();
    if (now - last < HEARTBEAT_MS) return;
    last = now;
    // 99 at most: 100 is for what is stored. And a bar that goes back is no news to anybody.
    furthest = Math.max(furthest, Math.min(99, Math.floor(share * 100)));
    const written = await database.write(
      reportProgress(runId, furthest, timestamp(now + LEASE_MS), timestamp(now)),
    );
    if (written.ok && written.value[0] === 0) throw new JobLostError("another run has the job, or nobody");
  };
}

/** Ends the job of a ticket that was delivered as often as the queue delivers it. */
export async function giveUp(
  { ticket }: ListeningTicket,
  { env, database }: Pick<TurnTools, "env" | "database">,
): Promise<Outcome> {
  const written = await database.write(failJobOfTicket(ticket, GIVEN_UP, timestamp(Date.now())));
  if (!written.ok) return "retry";
  const job = await findJobOfTicket(database, ticket);
  if (!job.ok) return "retry";
  // Without a job it never got as far as to take one up: that job waits for another ticket, which the sweep sends.
  return job.value === null ? "done" : await settle(env, database, job.value.recording_id);
}
