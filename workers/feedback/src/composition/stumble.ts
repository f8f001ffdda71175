import type { Span } from "./statement.ts";

/** Seconds between a pause and a restart that belong to one stumble. */
const ONE_STUMBLE = 2;

/** Whether a pause is only the moment before a restart. */
export function leadsToRestart(pause: Span, restarts: readonly Span[]): boolean {
  return restarts.some(
    ({ start, end }) => start <= pause.end + ONE_STUMBLE && end >= pause.start - ONE_STUMBLE,
  );
}
