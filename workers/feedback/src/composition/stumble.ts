import type { Span, Statement } from "./statement.ts";

/** Seconds between a pause and a restart that belong to one stumble. */
const ONE_STUMBLE = 2;

/** Whether a pause is only the moment before a restart. */
export function leadsToRestart(pause: Span, restarts: readonly Span[]): boolean {
  return restarts.some(
    ({ start, end }) => start <= pause.end + ONE_STUMBLE && end >= pause.start - ONE_STUMBLE,
  );
}

/** Whether it is the pause or hold before a restart, which is a halt by itself. */
export function belongsToRestart({ finding }: Statement, statements: readonly Statement[]): boolean {
  const restarts = statements.filter((one) => one.finding.kind === "restart").map((one) => one.finding);
  return (finding.kind === "pause" || finding.kind === "hold") && leadsToRestart(finding, restarts);
}
