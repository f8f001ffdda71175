import type { Conversation } from "../conversation.ts";
import { spokenDimension } from "../dimensions.ts";
import type { Aspect } from "../own-questions/aspects.ts";
import { type Claim, claimOf } from "../own-questions/claims.ts";
import { quoteOn } from "../quotation/quote-on.ts";
import { subjectOf } from "../subject.ts";
import type { Analysis, Finding } from "../tool-results.ts";
import { momentText, nameOf } from "./analysis-text.ts";

/** Findings of an aspect that an answer speaks of, at most. */
const MAX_FINDINGS = 3;

/** What was heard of an aspect: what speaks against it, for it, only of it, and of what is near. */
export interface HeardOfAspect {
  readonly faults: readonly Finding[];
  readonly fine: readonly Finding[];
  readonly described: readonly Finding[];
  readonly near: readonly Finding[];
}

/** The findings of an analysis by what they say of an aspect. */
export function heardOfAspect({ findings }: Analysis, aspect: Aspect): HeardOfAspect {
  const { kinds, direction } = aspect;
  const of = (wanted: readonly string[] = []) => findings.filter(({ kind }) => wanted.includes(kind));
  const isThatWay = ({ kind, evidence }: Finding) => {
    const change = evidence["tempo_change_percent"];
    // A change that nobody says the direction of may be of either.
    return kind !== "tempo_drift" || direction === undefined || change === undefined
      ? true
      : Math.sign(change) === direction;
  };
  const faults = of(kinds.fault).filter(isThatWay);
  const fine = of(kinds.fine);
  const described = of(kinds.described);
  const told = new Set([...faults, ...fine, ...described]);
  const near = findings.filter(
    (finding) =>
      !told.has(finding) &&
      // What an analysis doesn't say the kind of is told rather than passed over.
      (aspect.near?.some((kind) => kind === finding.kind) ||
        (finding.kind === "" && finding.dimension === aspect.dimension)),
  );
  return { faults, fine, described, near };
}

/**
 * What was heard of a side of playing, with a yes or no where that is asked, or where the player holds something of it; where
 * nothing was, that, and what tells of it instead. Null where more can be said of the dimension that the question names.
 */
export function answerAspect(analysis: Analysis, aspect: Aspect, conversation: Conversation): string | null {
  const { question } = conversation;
  const { faults, fine, described, near } = heardOfAspect(analysis, aspect);
  const claim = claimOf(question, aspect);
  const heard = [...faults, ...fine, ...described];
  if (heard.length === 0 && !aspect.isFault && claim === null && spokenDimension(question) !== null)
    return null;
  // What may be the fault, for all that is said of it, forbids to say that there is none.
  const unnamed = near.filter(({ kind }) => kind === "");
  if (faults.length === 0 && unnamed.length > 0)
    return [
      `What was heard of that in ${nameOf(analysis)}:`,
      ...unnamed.slice(0, MAX_FINDINGS).map(momentText),
    ].join("\n\n");
  const exercise = quoteOn(subjectOf(conversation), conversation);
  const quoted = exercise === null ? [] : [`From the library: ${exercise.text}`];
  const nothing = aspect.isFault ? `No ${aspect.name} was found` : `Nothing was found on ${aspect.name}`;
  if (faults.length === 0 && (aspect.isFault || heard.length === 0))
    return [
      `${verdictOn(claim, false, fine.length > 0)}${nothing} in ${nameOf(analysis)}.`,
      ...[...heard, ...near].slice(0, MAX_FINDINGS).map(momentText),
      // Who hears it themselves has it, whatever was found.
      ...(claim === "bad" && tellsOfOwn(question) ? quoted : []),
    ].join("\n\n");
  const verdict = verdictOn(claim, faults.length > 0, fine.length > 0);
  return [
    `${verdict}In ${nameOf(analysis)}:`,
    ...heard.slice(0, MAX_FINDINGS).map(momentText),
    // What is well needs no cure.
    ...(claim !== null && faults.length === 0 ? [] : quoted),
  ].join("\n\n");
}

/** Whether what was claimed is so, with a space; empty where nothing was claimed, or nothing bears on it. */
function verdictOn(claim: Claim, hasFault: boolean, isFine: boolean): string {
  if (claim === null || !(hasFault || isFine)) return "";
  if (claim === "bad") return hasFault ? "Yes. " : "No. ";
  return hasFault ? "Not quite. " : "Yes. ";
}

/** Whether somebody tells of their playing, rather than asks about it. */
function tellsOfOwn(question: string): boolean {
  const asks = /^(?:is|are|am|was|were|do|does|did|has|have|had|can|could|where|when|how|what|which)\b/i;
  return !question.includes("?") && !asks.test(question);
}
