import { OVERALL, rankedDimensions, spokenDimensions, wordsFor } from "../dimensions.ts";
import { isFaultKind } from "../own-questions/aspect-of.ts";
import type { OwnQuestion, Reading } from "../own-questions/own-question.ts";
import { clock } from "../own-questions/span-asked.ts";
import type { Analysis } from "../tool-results.ts";
import { listOfMoments, nameOf, scoreOf, scoreText } from "./analysis-text.ts";
import { listOf } from "./list.ts";

/** Strengths, and places, that an answer names at most. */
const MAX_STRENGTHS = 2;
const MAX_PLACES = 6;

/** What an analysis says by itself, in its own words: each from what of it tells that, or that nothing does. */
export const READINGS: Readonly<Record<Reading, (analysis: Analysis) => string>> = {
  overall: (analysis) =>
    [scoreOf(analysis, OVERALL), ...notesMatching(analysis, /\bscores? (lean|come)/i, 1)].join(" "),
  reliability: (analysis) => {
    const widths = Object.values(analysis.dimensions).flatMap((reading) =>
      typeof reading?.score === "number" && reading.uncertainty !== null
        ? [Math.round(reading.uncertainty)]
        : [],
    );
    const range =
      widths.length === 0
        ? `With the scores of ${nameOf(analysis)} comes no figure of how sure they are.`
        : `The scores of ${nameOf(analysis)} are uncertain by ${Math.min(...widths)} to ${Math.max(...widths)} points of 100, ` +
          "each way: what lies nearer together is no difference.";
    const about = /\b(scores?|rating|little to go by|without (the|your) (score|sheet)|level)\b/i;
    return [range, ...notesMatching(analysis, about, 3)].join(" ");
  },
  tempo: (analysis) => {
    const findings = analysis.findings.filter(
      ({ kind }) => kind === "steady_pulse" || kind === "tempo_drift",
    );
    const said = [
      ...notesMatching(analysis, /\b(bpm|beat of about|tempo|pulse)\b/i, 2),
      ...findings.map(({ observation }) => observation),
    ];
    return said.length === 0
      ? `How fast you played I don't know: the analysis of ${nameOf(analysis)} names no tempo.`
      : `In ${nameOf(analysis)}: ${said.join(" ")}`;
  },
  duration: (analysis) => {
    const duration = analysis.recording?.duration ?? null;
    return duration === null
      ? `How long ${nameOf(analysis)} is I wasn't told.`
      : `It is ${clock(duration)} long: ${nameOf(analysis)}.`;
  },
  places: (analysis) =>
    listOr(
      `What comes first of all that was heard in ${nameOf(analysis)}:`,
      analysis.priorities.slice(0, MAX_PLACES),
      `No place of ${nameOf(analysis)} stands out as one to work on.`,
    ),
  faults: (analysis) => {
    const name = nameOf(analysis);
    const faults = analysis.findings
      .filter(({ kind }) => isFaultKind(kind))
      .toSorted((one, other) => (one.start ?? 0) - (other.start ?? 0));
    const notes = "Which notes are wrong nobody can tell without the score.";
    return faults.length === 0
      ? `Nothing that is to be mended was found in ${name}. ${notes}`
      : `${listOfMoments(`What was found in ${name} that may want mending:`, faults)}\n\n${notes}`;
  },
  strengths: (analysis) =>
    listOr(
      `What is strong in ${nameOf(analysis)}:`,
      analysis.strengths.slice(0, MAX_STRENGTHS),
      `Nothing stands out as strong in ${nameOf(analysis)}.`,
    ),
};

function listOr(title: string, lines: readonly string[], nothing: string): string {
  return lines.length === 0 ? nothing : listOf(title, lines);
}

function notesMatching({ notes }: Analysis, words: RegExp, most: number): string[] {
  return notes.filter((note) => words.test(note)).slice(0, most);
}

/** How the dimensions stand that are asked about, or all that have a score, from the lowest or the highest on. */
export function answerRanking(
  analysis: Analysis,
  { from, count }: Extract<OwnQuestion, { type: "ranking" }>,
  question: string,
): string {
  const of = spokenDimensions(question);
  const lowestFirst = rankedDimensions(analysis).filter((name) => of.length < 2 || of.includes(name));
  const ranked = from === "lowest" ? lowestFirst : lowestFirst.toReversed();
  const lines = ranked.map((dimension) => `${wordsFor(dimension)}: ${scoreText(analysis, dimension)}`);
  return listOr(
    `The dimensions of ${nameOf(analysis)}, ${from} first:`,
    lines.slice(0, count ?? lines.length),
    `Nothing in ${nameOf(analysis)} could be scored.`,
  );
}
