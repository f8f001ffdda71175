import { OVERALL, rankedDimensions, spokenDimensions, wordsFor } from "../dimensions.ts";
import type { OwnQuestion } from "../own-questions/own-question.ts";
import { clock } from "../own-questions/span-asked.ts";
import type { Analysis } from "../tool-results.ts";
import { nameOf, scoreOf, scoreText } from "./analysis-text.ts";
import { listOf } from "./list.ts";

/** Notes that an answer on how far figures can be trusted gives at most. */
const MAX_NOTES = 3;

/** How the dimensions stand that are asked about, or all that have a score, from the lowest or the highest on. */
export function answerRanking(
  analysis: Analysis,
  { from, count }: Extract<OwnQuestion, { type: "ranking" }>,
  question: string,
): string {
  const of = spokenDimensions(question);
  const lowestFirst = rankedDimensions(analysis).filter((name) => of.length < 2 || of.includes(name));
  const ranked = from === "lowest" ? lowestFirst : lowestFirst.toReversed();
  if (ranked.length === 0) return `Nothing in ${nameOf(analysis)} could be scored.`;
  const named = ranked.slice(0, count ?? ranked.length);
  return listOf(
    `The dimensions of ${nameOf(analysis)}, ${from} first:`,
    named.map((dimension) => `${wordsFor(dimension)}: ${scoreText(analysis, dimension)}`),
  );
}

/** How the performance stands as a whole. */
export function answerOverall(analysis: Analysis): string {
  return [scoreOf(analysis, OVERALL), ...notesMatching(analysis, /\bscores? (lean|come)/i, 1)].join(" ");
}

/** How far the scores can be trusted: the width of each, and what the analysis says they rest on. */
export function answerReliability(analysis: Analysis): string {
  const widths = Object.values(analysis.dimensions).flatMap((reading) =>
    typeof reading?.score === "number" && reading.uncertainty !== null ? [reading.uncertainty] : [],
  );
  const notes = notesMatching(
    analysis,
    /\b(scores?|rating|little to go by|without (the|your) (score|sheet)|level)\b/i,
    MAX_NOTES,
  );
  const range =
    widths.length === 0
      ? `With the scores of ${nameOf(analysis)} comes no figure of how sure they are.`
      : `The scores of ${nameOf(analysis)} are uncertain by ${Math.round(Math.min(...widths))} to ` +
        `${Math.round(Math.max(...widths))} points of 100, each way: what lies nearer together is no difference.`;
  return [range, ...notes].join(" ");
}

/** How fast it was played, in the words of the analysis. */
export function answerTempo(analysis: Analysis): string {
  const notes = notesMatching(analysis, /\b(bpm|beat of about|tempo|pulse)\b/i, 2);
  const findings = analysis.findings.filter(({ kind }) => kind === "steady_pulse" || kind === "tempo_drift");
  const said = [...notes, ...findings.map(({ observation }) => observation)];
  return said.length === 0
    ? `How fast you played I don't know: the analysis of ${nameOf(analysis)} names no tempo.`
    : `In ${nameOf(analysis)}: ${said.join(" ")}`;
}

/** How long the recording is. */
export function answerDuration(analysis: Analysis): string {
  const duration = analysis.recording?.duration ?? null;
  return duration === null
    ? `How long ${nameOf(analysis)} is I wasn't told.`
    : `It is ${clock(duration)} long: ${nameOf(analysis)}.`;
}

function notesMatching({ notes }: Analysis, words: RegExp, most: number): string[] {
  return notes.filter((note) => words.test(note)).slice(0, most);
}
