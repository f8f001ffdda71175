import {
  analysisOfTurn,
  type Conversation,
  knownAnalysis,
  knownContext,
  passagesOfTurn,
} from "../conversation.ts";
import { spokenDimension, wordsFor } from "../dimensions.ts";
import { dimensionInQuestion } from "../plan-tools.ts";
import type { Analysis, Finding, PlayerContext } from "../tool-results.ts";
import { topicWords } from "../words.ts";
import { exerciseFrom } from "./exercise.ts";

/** Moments that an answer speaks of, at most. */
const MAX_MOMENTS = 2;

/** An answer about the player's own recording, of nothing but what its analysis says; null if there is none. */
export function answerOwnPlaying(conversation: Conversation): string | null {
  const analysis = analysisOfTurn(conversation) ?? knownAnalysis(conversation);
  if (analysis === null) return null;
  const strengths = analysis.strengths.slice(0, MAX_MOMENTS);
  if (/\bstrength|\bstrong|\bwell\b/i.test(conversation.question) && strengths.length > 0)
    return [`What is strong in ${nameOf(analysis)}:`, ...strengths.map((text) => `- ${text}`)].join("\n");
  const dimension = dimensionInQuestion(conversation);
  if (dimension === null) return withoutScores(analysis);
  const exercise = exerciseFrom(passagesOfTurn(conversation), topicWords(wordsFor(dimension)), 0);
  return [
    scoreOf(analysis, dimension, conversation),
    ...momentsOf(analysis, dimension),
    ...goalsOf(knownContext(conversation)),
    ...(exercise === null ? priorityOf(analysis) : [`An exercise from the library: ${exercise}`]),
  ].join("\n\n");
}

function nameOf({ recording }: Analysis): string {
  return recording?.filename === undefined || recording.filename === ""
    ? "your recording"
    : `your recording “${recording.filename}”`;
}

function scoreOf(analysis: Analysis, dimension: string, { question }: Conversation): string {
  const reading = analysis.dimensions[dimension];
  const name = nameOf(analysis);
  if (typeof reading?.score !== "number")
    return `There is no score for ${wordsFor(dimension)} in ${name}: nothing that I was given says how it was.`;
  const range =
    typeof reading.uncertainty === "number" ? `, give or take ${Math.round(reading.uncertainty)}` : "";
  const score = `${Math.round(reading.score)} of 100${range}`;
  return dimension === spokenDimension(question)
    ? `In ${name}, ${wordsFor(dimension)} is at ${score}.`
    : `Work on ${wordsFor(dimension)} first: it is the weakest dimension of ${name}, at ${score}.`;
}

function withoutScores(analysis: Analysis): string {
  const [first] = analysis.findings;
  const [note] = analysis.notes;
  return first === undefined
    ? `Nothing in ${nameOf(analysis)} could be scored, so I can't say what to work on first.${note === undefined ? "" : ` ${note}`}`
    : `Nothing in ${nameOf(analysis)} could be scored, but this stands out. ${momentText(first)}`;
}

/** What the analysis itself says to work on. */
function priorityOf({ priorities }: Analysis): string[] {
  return priorities.slice(0, 1).map((text) => `What to work on: ${text}`);
}

function momentsOf({ findings }: Analysis, dimension: string): string[] {
  const own = findings.filter((finding) => finding.dimension === dimension);
  return (own.length > 0 ? own : findings).slice(0, MAX_MOMENTS).map(momentText);
}

function momentText({ start, end, observation, suggestion }: Finding): string {
  const when = start === null ? "" : `At ${clock(start)}${end === null ? "" : `–${clock(end)}`}: `;
  return [`${when}${observation}`, suggestion].filter((text) => text !== "").join(" ");
}

/** Seconds as players read them: 1:07. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function goalsOf(context: PlayerContext | null): string[] {
  const [goal] = context?.goals ?? [];
  return goal === undefined
    ? []
    : [`With your goal in mind (“${goal}”), begin with the passages that you need for it.`];
}
