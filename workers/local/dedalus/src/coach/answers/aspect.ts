import type { Conversation } from "../conversation.ts";
import { spokenDimension, wordsFor } from "../dimensions.ts";
import { heardOfAspect } from "../own-questions/aspect-of.ts";
import type { Aspect } from "../own-questions/aspects.ts";
import { type Claim, claimOf } from "../own-questions/claims.ts";
import { quoteOn } from "../quotation/quote-on.ts";
import { subjectOf } from "../subject.ts";
import type { Analysis } from "../tool-results.ts";
import { momentText, nameOf } from "./analysis-text.ts";

/** Findings of an aspect that an answer speaks of, at most. */
const MAX_FINDINGS = 3;

/**
 * What was heard of a side of playing, with a yes or no where that is asked, or where the player holds something of it; where
 * nothing was, that, and what tells of it instead. Null where more can be said of the dimension that the question names.
 */
export function answerAspect(analysis: Analysis, aspect: Aspect, conversation: Conversation): string | null {
  const { question } = conversation;
  const { faults, fine, described, near } = heardOfAspect(analysis, aspect);
  const claim = claimOf(question, aspect);
  const isOwnFault = claim === "bad" && tellsOfOwn(question);
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
      ...(near.length > 0 ? [`What was heard of ${wordsFor(aspect.dimension)}:`] : []),
      ...[...heard, ...near].slice(0, MAX_FINDINGS).map(momentText),
      ...(isOwnFault ? quoted : []),
    ].join("\n\n");
  const verdict = verdictOn(claim, faults.length > 0, fine.length > 0);
  return [
    `${verdict}In ${nameOf(analysis)}:`,
    ...heard.slice(0, MAX_FINDINGS).map(momentText),
    // What is well needs no cure; who hears it themselves has it, where nothing speaks against that.
    ...(claim === null || faults.length > 0 || (isOwnFault && fine.length === 0) ? quoted : []),
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
  return !/^(?:is|are|am|was|were|do|does|did|has|have|had|can|could|where|when|how|what|which)\b/i.test(
    question,
  );
}
