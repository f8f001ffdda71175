import type { Conversation } from "../conversation.ts";
import { spokenDimension, wordsFor } from "../dimensions.ts";
import { aspectOf, heardOfAspect } from "../own-questions/aspect-of.ts";
import type { Aspect } from "../own-questions/aspects.ts";
import { claimOf } from "../own-questions/claims.ts";
import { quoteOn } from "../quotation/quote.ts";
import { subjectOf } from "../subject.ts";
import type { Analysis } from "../tool-results.ts";
import { momentText, nameOf } from "./analysis-text.ts";

/** Findings of an aspect that an answer speaks of, at most. */
const MAX_FINDINGS = 3;

/** What is a question, rather than tells of one's playing. */
const QUESTION = /^(?:is|are|am|was|were|do|does|did|has|have|had|can|could|where|when|how|what|which)\b/i;

/**
 * What was heard of a side of playing, with a yes or no where that is asked, or where the player holds something of it; where
 * nothing was, that, and what tells of it instead. Null where more can be said of the dimension that the question names.
 */
export function answerAspect(analysis: Analysis, aspect: Aspect, conversation: Conversation): string | null {
  const { question } = conversation;
  const name = nameOf(analysis);
  const { faults, fine, heard, near } = heardOfAspect(analysis, aspect);
  const claim = claimOf(question, aspect);
  const hasFault = faults.length > 0;
  if (heard.length === 0 && !aspect.isFault && claim === null && spokenDimension(question) !== null)
    return null;
  // What may be the fault, for all that is said of it, forbids to say that there is none.
  const unnamed = near.filter(({ kind }) => kind === "");
  if (!hasFault && unnamed.length > 0)
    return [`What was heard of that in ${name}:`, ...unnamed.slice(0, MAX_FINDINGS).map(momentText)].join(
      "\n\n",
    );
  // Whether what was claimed is so; nothing where nothing was claimed, or nothing bears on it.
  const agrees = hasFault ? claim === "bad" : claim === "good";
  const isOpen = claim === null || !(hasFault || fine.length > 0);
  const verdict = isOpen ? "" : agrees ? "Yes. " : claim === "bad" ? "No. " : "Not quite. ";
  const exercise = quoteOn(subjectOf(conversation), conversation);
  const quoted = exercise === null ? [] : [`From the library: ${exercise.text}`];
  const isOwnFault = claim === "bad" && !QUESTION.test(question);
  if (hasFault || (heard.length > 0 && !aspect.isFault))
    return [
      `${verdict}In ${name}:`,
      ...heard.slice(0, MAX_FINDINGS).map(momentText),
      // What is well needs no cure; who hears it themselves has it, where nothing speaks against that.
      ...(claim === null || hasFault || (isOwnFault && fine.length === 0) ? quoted : []),
    ].join("\n\n");
  const nothing = aspect.isFault ? `No ${aspect.name} was found` : `Nothing was found on ${aspect.name}`;
  // What is proposed on it says how it stands, rather than what else was heard of its dimension.
  const isProposed = (priority: string) => !aspect.isFault && aspectOf(priority) === aspect;
  const [proposed] = analysis.priorities.filter(isProposed);
  const other = proposed === undefined ? near : [];
  return [
    `${verdict}${nothing} in ${name}.`,
    ...(proposed === undefined ? [] : [`Among what to work on is this: ${proposed}`]),
    ...(other.length > 0 ? [`What was heard of ${wordsFor(aspect.dimension)}:`] : []),
    ...[...heard, ...other].slice(0, MAX_FINDINGS).map(momentText),
    ...(isOwnFault ? quoted : []),
  ].join("\n\n");
}
