import type { Span } from "./levels.ts";

/** Seconds beside a damaged stretch in which what is heard may be the damage's doing: a decoder needs frames to recover. */
export const DAMAGE_MARGIN = 0.5;

/** Whether a stretch lies in a damaged one or next to it. */
export function touchesDamage({ start, end }: Span, damaged: readonly Span[]): boolean {
  return damaged.some((span) => start < span.end + DAMAGE_MARGIN && end > span.start - DAMAGE_MARGIN);
}
