/** How long putting feedback into prose may take, and when it is tried again. Milliseconds. */
export interface ProsePolicy {
  /** What a player waits for the model at most; then the composed text stands for this answer. */
  readonly patienceMs: number;
  /** After which the model's answer isn't waited for any more: what comes until then is kept for the next time. */
  readonly latestMs: number;
  /** After a failure the model isn't asked for the same again before so long; twice as long with each failure in a row. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/**
 * A request may go on for 30 s behind its answer (Workers' `waitUntil`); a reasoning model needs 5 to 20 s for some forty
 * sentences. Six hours are what an answer is cached for, too.
 */
export const PROSE_POLICY: ProsePolicy = {
  patienceMs: 8_000,
  latestMs: 35_000,
  firstPauseMs: 2 * 60_000,
  longestPauseMs: 6 * 60 * 60_000,
};

/** Milliseconds until the model may be asked again. `failures` in a row, this one included; `retryAfter` in seconds. */
export function pauseAfter(
  { firstPauseMs, longestPauseMs }: ProsePolicy,
  failures: number,
  retryAfter: number,
): number {
  return Math.max(Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1)), retryAfter * 1000);
}
