import type { CircuitPolicy, RetryPolicy } from "@crescendai/worker-kit";

/** How often a recording is sent. A player waits for feedback meanwhile. */
export const RETRY_POLICY: RetryPolicy = {
  attempts: 4,
  firstBackoffMs: 500,
  fixedShare: 0.5,
  longestRetryAfterMs: 10_000,
};

/** When the remote analyser is left alone: after recordings in a row on which it failed. */
export const CIRCUIT_POLICY: CircuitPolicy = { failuresToOpen: 5, openMs: 60_000 };
