import type { Conversation } from "../conversation.ts";
import { aspectOf, dimensionOf, heardOfAspect, isFaultKind } from "../own-questions/aspect-of.ts";
import { type AskedSpan, clock, spanWithin } from "../own-questions/span-asked.ts";
import { subjectOf } from "../subject.ts";
import type { Analysis, Finding } from "../tool-results.ts";
import { momentText, nameOf } from "./analysis-text.ts";
import { listOf } from "./list.ts";

/** Seconds by which somebody who names a moment may miss it. */
const TOLERANCE = 1;

/** Share of a recording from which on a finding is about all of it rather than about a place in it. */
const WHOLE = 0.8;

/** Findings that an answer on a place, or on where something is, speaks of at most. */
const MOST_FINDINGS = 6;

/** What stands out at a time or in a stretch of the recording; that it's over before, where it is. */
export function answerSpan(analysis: Analysis, asked: AskedSpan, question: string): string {
  const duration = analysis.recording?.duration ?? null;
  const name = nameOf(analysis);
  const span = spanWithin(asked, duration);
  if (span === null)
    return `How long ${name} is I wasn't told, so I can't say where ${asked.name} is. Name a time, such as 0:10.`;
  if (duration !== null && span.start > duration + TOLERANCE)
    return `There is no ${asked.name} in ${name}: it ends at ${clock(duration)}.`;
  const timed = faultsFirst(analysis.findings.filter(({ start }) => start !== null));
  const isThere = (slack: number) => (finding: Finding) =>
    // Seconds are rounded where they are spoken of.
    Math.round(startOf(finding)) - slack <= span.end && span.start <= Math.round(endOf(finding)) + slack;
  const isPoint = span.start === span.end;
  const there = timed.filter(isThere(isPoint ? TOLERANCE : 0));
  const local = there.filter((finding) => !isOfWhole(finding, duration));
  const whole = there.filter((finding) => isOfWhole(finding, duration));
  const preposition = isPoint ? "around" : /^the (beginning|end)$/.test(asked.name) ? "at" : "in";
  const place = `${preposition} ${asked.name} ${isPoint ? "in" : "of"} ${name}`;
  const nothing = `Nothing stands out ${place}.`;
  if (local.length === 0)
    return whole.length === 0 ? nothing : list(`${nothing} What holds of nearly all of it:`, whole);
  const title = place.replace(/^./, (letter) => letter.toUpperCase());
  return WRONG.test(question) && !there.some(({ kind }) => isFaultKind(kind) || kind === "")
    ? list(`${title} nothing stands out that is wrong. What was heard there:`, local)
    : list(`${title}:`, local);
}

/** To who holds that something was meant so: what was heard of it, and that the analysis doesn't know the score. */
export function answerDisputed(analysis: Analysis, spans: readonly AskedSpan[], question: string): string {
  const aspect = aspectOf(question);
  const heard = aspect === null ? [] : heardOfAspect(analysis, aspect).faults;
  return [
    "You may be right: only the sound was listened to, and neither the score nor what you meant. Where the music has it so, it " +
      "is no fault.",
    ...(heard.length > 0
      ? [list(`In ${nameOf(analysis)}:`, heard)]
      : spans.map((span) => answerSpan(analysis, span, question))),
  ].join("\n\n");
}

/** The first of some findings, under a title. */
function list(title: string, findings: readonly Finding[]): string {
  return listOf(title, findings.slice(0, MOST_FINDINGS).map(momentText));
}

/** What asks for faults. */
const WRONG = /\b(wrong|bad|badly|problems?|mistakes?|weak\w*|trouble|faults?|errors?)\b/i;

/** Findings with the faults among them first, else in their order. */
export function faultsFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((one, other) => Number(isFaultKind(other.kind)) - Number(isFaultKind(one.kind)));
}

function startOf({ start }: Finding): number {
  return start ?? 0;
}

function endOf({ start, end }: Finding): number {
  return end ?? start ?? 0;
}

function isOfWhole(finding: Finding, duration: number | null): boolean {
  return duration !== null && endOf(finding) - startOf(finding) >= WHOLE * duration;
}

/** "Where exactly?": the places of what was spoken of last, or of what comes first of all that was heard. */
export function answerWhere(analysis: Analysis, conversation: Conversation): string {
  const subject = subjectOf(conversation);
  const heard = subject.type === "cure" ? heardOfAspect(analysis, subject.aspect) : null;
  const found =
    heard === null
      ? analysis.findings.filter(
          (one) => subject.type === "dimension" && dimensionOf(one) === subject.dimension,
        )
      : [...heard.faults, ...heard.described, ...heard.fine];
  if (found.length > 0) return list(`In ${nameOf(analysis)}:`, found);
  return subject.type === "cure"
    ? `Nowhere in ${nameOf(analysis)} was anything found of ${subject.aspect.name}.`
    : answerPlaces(analysis);
}

/** Which places come first: what the analysis would have worked on, in its order. */
export function answerPlaces(analysis: Analysis): string {
  return analysis.priorities.length === 0
    ? `No place of ${nameOf(analysis)} stands out as one to work on.`
    : listOf(
        `What comes first of all that was heard in ${nameOf(analysis)}:`,
        analysis.priorities.slice(0, MOST_FINDINGS),
      );
}

/** What was found that is to be mended, in order of time; wrong notes are none of it. */
export function answerFaults(analysis: Analysis): string {
  const name = nameOf(analysis);
  const faults = analysis.findings
    .filter(({ kind }) => isFaultKind(kind))
    .toSorted((one, other) => startOf(one) - startOf(other));
  const notes = "Which notes are wrong nobody can tell without the score.";
  return faults.length === 0
    ? `Nothing that is to be mended was found in ${name}. ${notes}`
    : `${list(`What was found in ${name} that may want mending:`, faults)}\n\n${notes}`;
}
