/** Milliseconds that a run counts as alive without a sign: several times the interval of its signs. */
export const LEASE_MS = 15_000;

/** Milliseconds between a run's signs of life. */
export const HEARTBEAT_MS = 2_000;

/** Milliseconds on the queue after which a job's ticket counts as lost. Sending another does no harm. */
export const QUEUE_PATIENCE_MS = 20_000;

/** Milliseconds after which a recording that is stored should have a job, or a job's end have reached it. */
export const UNFINISHED_PATIENCE_MS = 30_000;

/** Runs that a job gets before it is given up: a recording that stops the runtime each time must end somewhere. */
export const MAX_ATTEMPTS = 5;

/** Stuck jobs taken up at once by a sweep. */
export const MAX_STUCK_JOBS = 100;

/** Seconds until a ticket is delivered again after its first fault; twice as long after each further one. */
const FIRST_RETRY_SECONDS = 5;

/** Longest such delay, in seconds. */
const MAX_RETRY_SECONDS = 60;

/**
 * Seconds until a ticket is to be delivered again: 5, 10, 20, …
 *
 * @param deliveries how often it was delivered, from 1.
 */
export function retryDelay(deliveries: number): number {
  return Math.min(MAX_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** (deliveries - 1));
}
