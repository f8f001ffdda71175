/** How many requests are allowed in any stretch of time of a given length. */
export interface WindowPolicy {
  readonly limit: number;
  /** Milliseconds. */
  readonly windowMs: number;
}

/** Whether a request is within its limit, and what is left of that. */
export interface WindowDecision {
  readonly allowed: boolean;
  /** The times of the requests that count, oldest first, this one included if it was allowed; milliseconds. */
  readonly hits: readonly number[];
  /** Requests left at this moment. */
  readonly remaining: number;
  /** Whole seconds until the next place becomes free (if none is left), or until all are. At least 1. */
  readonly resetSeconds: number;
}

/**
 * A sliding log: a request is allowed if fewer than `limit` were allowed in the `windowMs` before it. Exact, unlike
 * a fixed window (which lets twice the limit through around its edge) and a token bucket (which lets some more
 * through while a burst lasts); its cost is to remember up to `limit` times.
 *
 * @param hits the log so far, oldest first.
 * @param now milliseconds since the epoch; not before the newest hit.
 */
export function takeFromWindow(
  hits: readonly number[],
  now: number,
  { limit, windowMs }: WindowPolicy,
): WindowDecision {
  const current = hits.filter((hit) => hit > now - windowMs);
  const allowed = current.length < limit;
  const counted = allowed ? [...current, now] : current;
  const remaining = Math.max(0, limit - counted.length);
  const releasing = remaining === 0 ? (counted[0] ?? now) : (counted.at(-1) ?? now);
  const resetSeconds = Math.max(1, Math.ceil((releasing + windowMs - now) / 1000));
  return { allowed, hits: counted, remaining, resetSeconds };
}
