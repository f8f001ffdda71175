/** Seconds that an answer waits for a running analysis unless the client prefers otherwise. */
const DEFAULT_WAIT_SECONDS = 5;

/** Longest wait that a client may prefer, in seconds: below the time-out of common proxies and clients. */
const MAX_WAIT_SECONDS = 25;

/**
 * How many seconds the client is willing to wait: `wait=N` of the `Prefer` header (RFC 7240 §4.3), at most 25.
 * Without a well-formed one, 5.
 */
export function preferredWait(header: string | null): number {
  const wait = /(?:^|[,;])\s*wait\s*=\s*"?(\d+)"?\s*(?:$|[,;])/i.exec(header ?? "")?.[1];
  return wait === undefined ? DEFAULT_WAIT_SECONDS : Math.min(Number(wait), MAX_WAIT_SECONDS);
}
