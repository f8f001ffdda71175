/** Times that a recording is sent at most. */
export const MAX_ATTEMPTS = 4;

/** Milliseconds before the second attempt, at most; twice as long before each further one. */
const FIRST_BACKOFF_MS = 500;

/** Longest `Retry-After` that is waited for, in milliseconds: a player waits for feedback meanwhile. */
export const MAX_RETRY_AFTER_MS = 10_000;

/**
 * Milliseconds to wait before the next attempt: exponential back-off, half of it by chance, so that those who failed
 * together don't come back together ("equal jitter", AWS Architecture Blog, 2015); never before the server asks for it.
 *
 * @param attempt the one that failed, from 1.
 * @param random 0 to 1.
 * @returns null if the server asks for more than anybody waits.
 */
export function backoffMs(attempt: number, random: number, retryAfterMs = 0): number | null {
  if (retryAfterMs > MAX_RETRY_AFTER_MS) return null;
  const backoff = FIRST_BACKOFF_MS * 2 ** (attempt - 1);
  return Math.max(retryAfterMs, backoff * (0.5 + random / 2));
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
