import { wordsFor } from "../dimensions.ts";
import { clock } from "../own-questions/span-asked.ts";
import type { Analysis, Finding } from "../tool-results.ts";
import { listOf } from "./list.ts";

/** With what an answer begins that names a place as the first to work on, or as the one after those that were named. */
export const FIRST = "Work on this first: ";
export const NEXT = "After that: ";

/** The recording of an analysis, as an answer speaks of it. */
export function nameOf({ recording }: Analysis): string {
  return recording?.filename ? `your recording “${recording.filename}”` : "your recording";
}

/** How a dimension stands, or that it has no score, as a sentence. */
export function scoreOf(analysis: Analysis, dimension: string): string {
  const name = nameOf(analysis);
  return typeof analysis.dimensions[dimension]?.score === "number"
    ? `In ${name}, ${wordsFor(dimension)} is at ${scoreText(analysis, dimension)}.`
    : `There is no score for ${wordsFor(dimension)} in ${name}: nothing that I was given says how it was.`;
}

/** "about 49 of 100, give or take 6", of a dimension that has a score. */
export function scoreText({ dimensions }: Analysis, dimension: string): string {
  const { score = null, uncertainty = null } = dimensions[dimension] ?? {};
  const range = uncertainty === null ? "" : `, give or take ${Math.round(uncertainty)}`;
  return `about ${Math.round(score ?? 0)} of 100${range}`;
}

/** A time in an observation, as players read it. */
const CLOCK = /\d{1,2}:\d\d/;

/** What was heard and what is suggested, with its time, once. */
export function momentText({ start, end, observation, suggestion }: Finding): string {
  const isTimed = start === null || CLOCK.test(observation);
  const when = isTimed ? "" : `At ${clock(start)}${end === null ? "" : `–${clock(end)}`}: `;
  return [`${when}${observation}`, suggestion].filter((text) => text !== "").join(" ");
}

/** Findings that a list of them has at most. */
const MOST_LISTED = 6;

/** The first of some findings, under a title. */
export function listOfMoments(title: string, findings: readonly Finding[]): string {
  return listOf(title, findings.slice(0, MOST_LISTED).map(momentText));
}

/** Something to practise, and by what it is known to have worked. */
export function taskText({ task, works_when }: Analysis["practice"][number]): string {
  return works_when === "" ? task : `${task} It works when ${works_when}.`;
}
