import type { CircuitPolicy, RetryPolicy } from "@crescendai/worker-kit";

/** How long the provider may take, in milliseconds. */
export interface TimeLimits {
  /** From the request to the first event of the stream; reasoning models think before they say anything. */
  readonly firstByteMs: number;
  /** Between two events of the stream. */
  readonly idleMs: number;
  /** From the request to the end of an answer that isn't streamed. */
  readonly wholeMs: number;
  /** For everything: all attempts, all models, the answer to its last byte. */
  readonly totalMs: number;
}

/** The limits that a deployed orchestrator keeps. */
export const TIME_LIMITS: TimeLimits = {
  firstByteMs: 30_000,
  idleMs: 20_000,
  wholeMs: 60_000,
  totalMs: 120_000,
};

/** Nobody who reads along waits longer than a few seconds for nothing. */
export const RETRY_POLICY: RetryPolicy = {
  attempts: 3,
  firstBackoffMs: 400,
  fixedShare: 0,
  longestRetryAfterMs: 5_000,
};

/** Six attempts are two requests that failed to the end. */
export const CIRCUIT_POLICY: CircuitPolicy = { failuresToOpen: 6, openMs: 30_000 };
