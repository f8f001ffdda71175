import type { Finding, FindingKind } from "@crescendai/contracts";
import { DAMAGE_MARGIN, touchesDamage } from "../music/damage.ts";
import type { Span } from "../music/levels.ts";

/** What happens at a moment or between two: damage within it, or next to it, may be all that it is. */
const OF_A_MOMENT: ReadonlySet<FindingKind> = new Set<FindingKind>([
  "pause",
  "hold",
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
 * The findings that damage of the file, or a remark beside the playing, can't have made: without those of a moment that touch
 * it, and those of many notes of which half lies in it. What is begun again after a remark was begun again all the same.
 */
export function apartFromDamage(
  findings: readonly Finding[],
  damaged: readonly Span[],
  spoken: readonly Span[],
): Finding[] {
  const unplayed = [...damaged, ...spoken];
  if (unplayed.length === 0) return [...findings];
  const isDoubtful = (one: Finding) =>
    OF_A_MOMENT.has(one.kind)
      ? touchesDamage(one, one.kind === "restart" ? damaged : unplayed)
      : 2 * secondsIn(one, unplayed) > one.end - one.start;
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
