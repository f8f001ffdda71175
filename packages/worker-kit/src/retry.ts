/** How often, and after what time, something that failed is tried again. */
export interface RetryPolicy {
  /** Attempts at most, the first included. */
  readonly attempts: number;
  /** Milliseconds before the second attempt, at most; twice as long before each further one. */
  readonly firstBackoffMs: number;
  /**
   * Share of a back-off that isn't left to chance, 0 to 1. 0 is "full jitter", which spreads those who failed together
   * best; 0.5 is "equal jitter", which never comes back at once (AWS Architecture Blog, "Exponential Backoff And Jitter", 2015).
   */
  readonly fixedShare: number;
  /** Longest `Retry-After` that is waited for, in milliseconds. */
  readonly longestRetryAfterMs: number;
}

/**
 * Milliseconds to wait before the next attempt: exponential back-off with jitter; never before the server asks for it.
 *
 * @param attempt the one that failed, from 1.
 * @param random 0 to 1.
 * @returns null if the server asks for more than anybody waits.
 */
export function backoffMs(
  { firstBackoffMs, fixedShare, longestRetryAfterMs }: RetryPolicy,
  attempt: number,
  random: number,
  retryAfterMs = 0,
): number | null {
  if (retryAfterMs > longestRetryAfterMs) return null;
  const backoff = firstBackoffMs * 2 ** (attempt - 1);
  return Math.max(retryAfterMs, backoff * (fixedShare + (1 - fixedShare) * random));
}

/** A date as it must be sent (RFC 9110 §5.6.7, IMF-fixdate); `Date.parse` reads much that is none. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * `Retry-After` in milliseconds: seconds, or a date (RFC 9110 §10.2.3); undefined if there is none that makes sense.
 *
 * @param now milliseconds since the epoch.
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  if (!HTTP_DATE.test(header.trim())) return undefined;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
