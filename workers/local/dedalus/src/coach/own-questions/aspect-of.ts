import { spokenDimension } from "../dimensions.ts";
import { hasTopic, topicWords } from "../language/topic.ts";
import type { Analysis, Finding } from "../tool-results.ts";
import { ASPECTS, type Aspect } from "./aspects.ts";

/** The aspect of playing that a text asks about; null if none. */
export function aspectOf(text: string): Aspect | null {
  const said = text.toLowerCase();
  return ASPECTS.find(({ asked }) => asked.test(said)) ?? null;
}

/** Whether a text names something besides an aspect that is no side of playing itself: in "my thumb is too loud" the thumb. */
export function speaksOfElse(text: string, { asked, bad, good }: Aspect): boolean {
  const rest = text.toLowerCase().replaceAll(new RegExp(asked, "giu"), " ");
  return topicWords(rest).some(
    (word) =>
      hasTopic(word) &&
      aspectOf(word) === null &&
      spokenDimension(word) === null &&
      ![bad, good].some((cue) => cue?.test(word)),
  );
}

/** Whether a finding is a fault of an aspect. A change of tempo that nobody says the direction of may be of either. */
function isFaultOf({ fault, direction }: Aspect, { kind, evidence }: Pick<Finding, "kind" | "evidence">) {
  const change = evidence["tempo_change_percent"];
  const isInDirection = direction === undefined || change === undefined || Math.sign(change) === direction;
  return fault?.some((one) => one === kind) === true && isInDirection;
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

/** The findings on an aspect: what speaks against it, for it, only of it, all three, and of its dimension besides. */
export function heardOfAspect({ findings }: Analysis, aspect: Aspect) {
  const of = (wanted: readonly string[] = []) => findings.filter(({ kind }) => wanted.includes(kind));
  const faults = findings.filter((finding) => isFaultOf(aspect, finding));
  const fine = of(aspect.fine);
  const heard = [...faults, ...fine, ...of(aspect.described)];
  const near = findings.filter(
    (finding) =>
      !heard.includes(finding) && aspect.dimension !== "" && dimensionOf(finding) === aspect.dimension,
  );
  return { faults, fine, heard, near };
}

/** The dimension that a finding belongs to: its own, or else that of the side of playing it is a fault of: a pause's has none. */
export function dimensionOf(finding: Finding): string {
  return finding.dimension === "" ? (aspectAtFault(finding)?.dimension ?? "") : finding.dimension;
}
