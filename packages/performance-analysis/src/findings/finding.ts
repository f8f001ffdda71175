import type { Dimension, Finding, FindingKind } from "@crescendai/contracts";
import type { Span } from "../music/levels.ts";
import { clamp, round } from "../signal/statistics.ts";

/** How far a value lies beyond the threshold for being mentioned: 0 there, 0.5 at twice, 0.75 at four times it. */
export function beyond(value: number, threshold: number): number {
  return value <= 0 ? 0 : round(clamp(1 - threshold / value, 0, 1), 2);
}

/** How far a value lies below the threshold: 0 there, 0.5 at half of it, 1 at nothing. */
export function below(value: number, threshold: number): number {
  return round(clamp(1 - value / threshold, 0, 1), 2);
}

/** A finding with its times to a tenth of a second, within the recording. */
export function finding(
  kind: FindingKind,
  { start, end }: Span,
  dimension: Dimension | null,
  strength: number,
  evidence: Readonly<Record<string, number>>,
): Finding {
  const from = round(Math.max(0, start), 1);
  return {
    kind,
    start: from,
    end: Math.max(from, round(end, 1)),
    dimension,
    strength,
    evidence: { ...evidence },
  };
}
