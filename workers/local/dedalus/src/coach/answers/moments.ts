import type { Conversation } from "../conversation.ts";
import { aspectOf, dimensionOf, heardOfAspect, isFaultKind } from "../own-questions/aspect-of.ts";
import { type AskedSpan, clock, spanWithin } from "../own-questions/span-asked.ts";
import { subjectOf } from "../subject.ts";
import type { Analysis, Finding } from "../tool-results.ts";
import { listOfMoments, nameOf } from "./analysis-text.ts";
import { READINGS } from "./readings.ts";

/** Seconds by which somebody who names a moment may miss it. */
const TOLERANCE = 1;

/** Share of a recording from which on a finding is about all of it rather than about a place in it. */
const WHOLE = 0.8;

/** What asks for faults. */
const WRONG = /\b(wrong|bad|badly|problems?|mistakes?|weak\w*|trouble|faults?|errors?)\b/i;

/** What stands out at a time or in a stretch of the recording; that it's over before, where it is. */
export function answerSpan(analysis: Analysis, asked: AskedSpan, question: string): string {
  const duration = analysis.recording?.duration ?? null;
  const name = nameOf(analysis);
  const span = spanWithin(asked, duration);
  if (span === null)
    return `How long ${name} is I wasn't told, so I can't say where ${asked.name} is. Name a time, such as 0:10.`;
  if (duration !== null && span.start > duration + TOLERANCE)
    return `There is no ${asked.name} in ${name}: it ends at ${clock(duration)}.`;
  const isPoint = span.start === span.end;
  const slack = isPoint ? TOLERANCE : 0;
  const there = faultsFirst(analysis.findings).flatMap((finding) => {
    const { start, end } = finding;
    if (start === null) return [];
    const last = end ?? start;
    // Seconds are rounded where they are spoken of.
    const isThere = Math.round(start) - slack <= span.end && span.start <= Math.round(last) + slack;
    return isThere ? [{ finding, isOfWhole: duration !== null && last - start >= WHOLE * duration }] : [];
  });
  const [local, whole] = [false, true].map((isWanted) =>
    there.filter(({ isOfWhole }) => isOfWhole === isWanted).map(({ finding }) => finding),
  );
  const preposition = isPoint ? "around" : /^the (beginning|end)$/.test(asked.name) ? "at" : "in";
  const place = `${preposition} ${asked.name} ${isPoint ? "in" : "of"} ${name}`;
  const nothing = `Nothing stands out ${place}.`;
  if (local === undefined || local.length === 0)
    return whole === undefined || whole.length === 0
      ? nothing
      : listOfMoments(`${nothing} What holds of nearly all of it:`, whole);
  const title = place.replace(/^./, (letter) => letter.toUpperCase());
  const isFine = !there.some(({ finding: { kind } }) => isFaultKind(kind) || kind === "");
  const wrong = " nothing stands out that is wrong. What was heard there";
  return listOfMoments(`${title}${WRONG.test(question) && isFine ? wrong : ""}:`, local);
}

/** To who holds that something was meant so: what was heard of it, and that the analysis doesn't know the score. */
export function answerDisputed(analysis: Analysis, spans: readonly AskedSpan[], question: string): string {
  const aspect = aspectOf(question);
  const heard = aspect === null ? [] : heardOfAspect(analysis, aspect).faults;
  return [
    "You may be right: only the sound was listened to, and neither the score nor what you meant. Where the music has it so, it " +
      "is no fault.",
    ...(heard.length > 0
      ? [listOfMoments(`In ${nameOf(analysis)}:`, heard)]
      : spans.map((span) => answerSpan(analysis, span, question))),
  ].join("\n\n");
}

/** Findings with the faults among them first, else in their order. */
export function faultsFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((one, other) => Number(isFaultKind(other.kind)) - Number(isFaultKind(one.kind)));
}

/** "Where exactly?": the places of what was spoken of last, or of what comes first of all that was heard. */
export function answerWhere(analysis: Analysis, conversation: Conversation): string {
  const subject = subjectOf(conversation);
  const name = nameOf(analysis);
  const isOf = (finding: Finding) =>
    subject.type === "dimension" && dimensionOf(finding) === subject.dimension;
  const { findings } = analysis;
  const found =
    subject.type === "cure" ? heardOfAspect(analysis, subject.aspect).heard : findings.filter(isOf);
  if (found.length > 0) return listOfMoments(`In ${name}:`, found);
  return subject.type === "cure"
    ? `Nowhere in ${name} was anything found of ${subject.aspect.name}.`
    : READINGS.places(analysis);
}
