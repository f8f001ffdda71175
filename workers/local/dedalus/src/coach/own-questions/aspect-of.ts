import { spokenDimension } from "../dimensions.ts";
import { matchesAny } from "../language/rules.ts";
import { hasTopic, topicWords } from "../language/topic.ts";
import type { Analysis, Finding } from "../tool-results.ts";
import { ASPECTS, type Aspect } from "./aspects.ts";

/** The aspect of playing that a text asks about; null if none. */
export function aspectOf(text: string): Aspect | null {
  const said = text.toLowerCase();
  return ASPECTS.find(({ asked }) => matchesAny(asked, said)) ?? null;
}

/** Whether a text names something besides an aspect that is no side of playing itself: in "my thumb is too loud" the thumb. */
export function speaksOfElse(text: string, { asked, bad = [], good = [] }: Aspect): boolean {
  const rest = asked.reduce((left, rule) => left.replace(rule, " "), text.toLowerCase());
  return topicWords(rest).some(
    (word) =>
      hasTopic(word) &&
      aspectOf(word) === null &&
      spokenDimension(word) === null &&
      !matchesAny([...bad, ...good], word),
  );
}

/** Whether a finding is a fault of an aspect. A change of tempo that nobody says the direction of may be of either. */
function isFaultOf(
  { kinds, direction }: Aspect,
  { kind, evidence }: Pick<Finding, "kind" | "evidence">,
): boolean {
  if (!kinds.fault?.some((one) => one === kind)) return false;
  const change = evidence["tempo_change_percent"];
  return direction === undefined || change === undefined || Math.sign(change) === direction;
}

/** The narrowest aspect that a finding is a fault of: in its direction, where it has one. */
export function aspectAtFault(finding: Pick<Finding, "kind" | "evidence">): Aspect | null {
  const isDirected = finding.evidence["tempo_change_percent"] !== undefined;
  return (
    ASPECTS.find((one) => isFaultOf(one, finding) && (isDirected || one.direction === undefined)) ?? null
  );
}

/** Whether a kind of finding is something to mend. */
export function isFaultKind(kind: string): boolean {
  return aspectAtFault({ kind, evidence: {} }) !== null;
}

/** What was heard of an aspect: what speaks against it, for it, only of it, and of its dimension besides. */
export interface HeardOfAspect {
  readonly faults: readonly Finding[];
  readonly fine: readonly Finding[];
  readonly described: readonly Finding[];
  readonly near: readonly Finding[];
}

/** The findings of an analysis by what they say of an aspect. */
export function heardOfAspect({ findings }: Analysis, aspect: Aspect): HeardOfAspect {
  const of = (wanted: readonly string[] = []) => findings.filter(({ kind }) => wanted.includes(kind));
  const faults = findings.filter((finding) => isFaultOf(aspect, finding));
  const fine = of(aspect.kinds.fine);
  const described = of(aspect.kinds.described);
  const told = new Set([...faults, ...fine, ...described]);
  const near = findings.filter(
    (finding) => !told.has(finding) && aspect.dimension !== "" && dimensionOf(finding) === aspect.dimension,
  );
  return { faults, fine, described, near };
}

/** The dimension that a finding belongs to: its own, or else that of the side of playing it is a fault of: a pause's has none. */
export function dimensionOf(finding: Finding): string {
  return finding.dimension === "" ? (aspectAtFault(finding)?.dimension ?? "") : finding.dimension;
}
