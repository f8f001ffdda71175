import { failed, type RemoteAnalysis, type Result, type StoredRecording } from "@crescendai/contracts";
import { backoffMs, parseRetryAfter } from "@crescendai/worker-kit";
import type { StoredAudio } from "../analyser.ts";
import type { RemoteConfiguration } from "./configuration.ts";
import type { RemoteFailure } from "./failure.ts";
import { RETRY_POLICY } from "./policy.ts";
import { readAnswer } from "./read-answer.ts";

/** What asking needs of the world. */
export interface Surroundings {
  readonly fetch: (url: URL, init: RequestInit) => Promise<Response>;
  /** Waits some milliseconds; rejects when the signal is raised. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Statuses with which the server speaks of this recording: it is too large, of a kind it can't read, or not for it. */
const ABOUT_THE_RECORDING = new Set([413, 415, 422]);

/** Statuses that may be others in a moment, besides those of 500 and above. */
const PASSING = new Set([408, 425, 429]);

/**
 * Sends a recording to the remote analyser and reads what it hears (docs/remote-analyser.md). The file streams from the
 * store to the wire and is held nowhere. Faults that may pass are tried again, within the budget of the configuration.
 *
 * @param cancelled raised when nobody wants the answer any more.
 */
export async function askRemote(
  configuration: RemoteConfiguration,
  recording: StoredRecording,
  audio: StoredAudio,
  surroundings: Surroundings,
  cancelled: AbortSignal,
): Promise<Result<RemoteAnalysis, RemoteFailure>> {
  const budget = new AbortController();
  const timer = setTimeout(() => budget.abort(), configuration.budgetMs);
  const signal = AbortSignal.any([cancelled, budget.signal]);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await attemptOnce(configuration, recording, audio, surroundings, signal);
      if (answer.ok || answer.error.kind !== "unavailable" || attempt === RETRY_POLICY.attempts)
        return answer;
      const delay = backoffMs(RETRY_POLICY, attempt, surroundings.random(), answer.error.retryAfterMs);
      if (delay === null) return answer;
      await surroundings.wait(delay, signal);
    }
  } catch {
    // The signal, during a wait.
    return stopped(cancelled);
  } finally {
    clearTimeout(timer);
  }
}

async function attemptOnce(
  { url, token }: RemoteConfiguration,
  recording: StoredRecording,
  audio: StoredAudio,
  { fetch, now }: Surroundings,
  cancelled: AbortSignal,
): Promise<Result<RemoteAnalysis, RemoteFailure>> {
  // Raised in the end as well: one who answers before he has read the file would keep its bytes, and us, waiting.
  const ended = new AbortController();
  const signal = AbortSignal.any([cancelled, ended.signal]);
  try {
    const body = await audio.stream();
    const response = await untilRaised(
      signal,
      fetch(url, {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": recording.mime_type,
          accept: "application/json",
          "recording-id": recording.id,
          "recording-duration": String(recording.duration),
        },
        body,
        // Followed, it would take the recording and the token wherever the answer points.
        redirect: "manual",
        signal,
      }),
    );
    if (response.status === 200) return await untilRaised(signal, readAnswer(response, signal));
    await response.body?.cancel().catch(() => undefined);
    return failed(failureOf(response, now()));
  } catch {
    signal.throwIfAborted();
    return failed({ kind: "unavailable", reason: "the file could not be read, or the connection failed" });
  } finally {
    ended.abort();
  }
}

function failureOf({ status, headers }: Response, now: number): RemoteFailure {
  const reason = `it answered ${status}`;
  if (ABOUT_THE_RECORDING.has(status)) return { kind: "refused", reason };
  if (status < 500 && !PASSING.has(status)) return { kind: "misconfigured", reason };
  const retryAfterMs = parseRetryAfter(headers.get("retry-after"), now);
  return { kind: "unavailable", reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function stopped(cancelled: AbortSignal): Result<never, RemoteFailure> {
  return cancelled.aborted
    ? failed({ kind: "cancelled", reason: "nobody wants the answer any more" })
    : failed({ kind: "unavailable", reason: "it took longer than it may" });
}

/** What a promise gives, unless the signal is raised first: then a rejection, whatever the promise does. */
function untilRaised<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  const { promise: raised, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new Error("stopped"));
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  return Promise.race([work, raised]).finally(() => signal.removeEventListener("abort", stop));
}
