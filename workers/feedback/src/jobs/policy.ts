/** Milliseconds that a run counts as alive without a sign: several times the interval of its signs. */
export const LEASE_MS = 15_000;

/** Milliseconds between a run's signs of life. */
export const HEARTBEAT_MS = 2_000;

/** Milliseconds on the queue after which a job's message counts as lost. Sending it twice does no harm. */
export const QUEUE_PATIENCE_MS = 20_000;

/** Runs that a job gets before it is given up: a recording that stops the runtime each time must end somewhere. */
export const MAX_ATTEMPTS = 5;

/** Stuck jobs taken up at once by a sweep. */
export const MAX_STUCK_JOBS = 100;
