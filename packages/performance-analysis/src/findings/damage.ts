import type { Finding, FindingKind } from "@crescendai/contracts";
import { DAMAGE_MARGIN, touchesDamage } from "../music/damage.ts";
import type { Span } from "../music/levels.ts";

/** What happens at a moment or between two: damage within it, or next to it, may be all that it is. */
const OF_A_MOMENT: ReadonlySet<FindingKind> = new Set<FindingKind>([
  "pause",
  "restart",
  "tempo_drift",
  "crescendo",
  "diminuendo",
  "loudest_passage",
  "softest_passage",
]);
/** Passages that are named against each other. */
const PAIRED: ReadonlySet<FindingKind> = new Set<FindingKind>(["loudest_passage", "softest_passage"]);

/**
 * The findings that damage of the file can't have made: without those of a moment that touch it, and those of many notes of
 * which half lies in it.
 */
export function apartFromDamage(findings: readonly Finding[], damaged: readonly Span[]): Finding[] {
  if (damaged.length === 0) return [...findings];
  const isDoubtful = (one: Finding) =>
    OF_A_MOMENT.has(one.kind)
      ? touchesDamage(one, damaged)
      : 2 * secondsIn(one, damaged) > one.end - one.start;
  const arePairsDoubtful = findings.some((one) => PAIRED.has(one.kind) && isDoubtful(one));
  return findings.filter((one) => !isDoubtful(one) && !(arePairsDoubtful && PAIRED.has(one.kind)));
}

function secondsIn({ start, end }: Span, damaged: readonly Span[]): number {
  return damaged.reduce(
    (sum, span) =>
      sum +
      Math.max(0, Math.min(end, span.end + DAMAGE_MARGIN) - Math.max(start, span.start - DAMAGE_MARGIN)),
    0,
  );
}
