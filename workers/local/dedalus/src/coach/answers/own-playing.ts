import { answersBefore, type Conversation, knownAnalysis, knownContext } from "../conversation.ts";
import { rankedDimensions, spokenDimension, wordsFor } from "../dimensions.ts";
import { asksForWork } from "../intent.ts";
import { idIn } from "../language/id-in.ts";
import { hasWordOfWork } from "../language/topic.ts";
import {
  aspectOf,
  dimensionOf,
  heardOfAspect,
  isFaultKind,
  speaksOfElse,
} from "../own-questions/aspect-of.ts";
import { ownQuestionIn, type Reading } from "../own-questions/own-question.ts";
import { quoteOn } from "../quotation/quote-on.ts";
import { asksOfElse, dimensionInQuestion, nextDimension, ofDimension, subjectOf } from "../subject.ts";
import type { Analysis, Finding } from "../tool-results.ts";
import { FIRST, isUnread, momentText, NEXT, nameOf, scoreOf, scoreText, taskText } from "./analysis-text.ts";
import { answerAspect } from "./aspect.ts";
import { listOf } from "./list.ts";
import {
  answerDisputed,
  answerFaults,
  answerPlaces,
  answerSpan,
  answerWhere,
  faultsFirst,
} from "./moments.ts";
import { answerDuration, answerOverall, answerRanking, answerReliability, answerTempo } from "./readings.ts";
import { answerTask } from "./task.ts";

/** Moments that an answer speaks of, at most. */
const MAX_MOMENTS = 2;

/** An answer about the player's own recording, of nothing but what its analysis says; null if there is none. */
export function answerOwnPlaying(conversation: Conversation): string | null {
  const named = idIn(conversation.question);
  const analysis = knownAnalysis(conversation);
  if (named !== null && analysis?.recording?.id !== named)
    return `I find no recording of yours with the id ${named}, so I can say nothing about it.`;
  if (analysis === null) return null;
  if (isUnread(analysis)) return withoutScores(analysis);
  return answerFrom(analysis, conversation);
}

const READINGS: Readonly<Record<Reading, (analysis: Analysis) => string>> = {
  overall: answerOverall,
  reliability: answerReliability,
  tempo: answerTempo,
  duration: answerDuration,
  places: answerPlaces,
  faults: answerFaults,
  strengths: answerStrengths,
};

function answerFrom(analysis: Analysis, conversation: Conversation): string | null {
  const { question } = conversation;
  const asked = ownQuestionIn(question);
  switch (asked?.type) {
    case "unheard":
      return asked.what.isNear
        ? `${asked.what.because}\n\n${onDimension(analysis, conversation)}`
        : asked.what.because;
    case "span":
      return asked.spans.map((span) => answerSpan(analysis, span, question)).join("\n\n");
    case "where":
      return answerWhere(analysis, conversation);
    case "task":
      return answerTask(analysis, conversation);
    case "disputed":
      return answerDisputed(analysis, asked.spans, question);
    case "ranking":
      return answerRanking(analysis, asked, question);
    case "reading":
      return READINGS[asked.reading](analysis);
    default:
      return onPlaying(analysis, conversation);
  }
}

/** On a side of playing, on what is strong, or on a dimension. */
function onPlaying(analysis: Analysis, conversation: Conversation): string {
  const { question } = conversation;
  const aspect = aspectOf(question);
  const asksForStrength = /\bstrength|\bstrong|\bwell\b|\bbest\b/i.test(question);
  if (asksForStrength && aspect === null && analysis.strengths.length > 0) return answerStrengths(analysis);
  const ofAspect = aspect === null ? null : answerAspect(analysis, aspect, conversation);
  return ofAspect ?? onDimension(analysis, conversation);
}

function answerStrengths(analysis: Analysis): string {
  const strengths = analysis.strengths.slice(0, MAX_MOMENTS);
  return strengths.length === 0
    ? `Nothing stands out as strong in ${nameOf(analysis)}.`
    : listOf(`What is strong in ${nameOf(analysis)}:`, strengths);
}

/** On the dimension that is asked about, or on the one to work on first. */
function onDimension(analysis: Analysis, conversation: Conversation): string {
  const { question } = conversation;
  if (asksOfElse(question)) return onElse(analysis, conversation);
  const dimension = dimensionInQuestion(conversation);
  if (dimension === null) return withoutScores(analysis);
  if (dimension === spokenDimension(question)) {
    return [
      scoreOf(analysis, dimension),
      ...notesOn(analysis, dimension),
      ...momentsOf(analysis, dimension),
      ...(wantsWork(analysis, dimension, question) ? exercisesOf(dimension, conversation) : []),
    ].join("\n\n");
  }
  return [
    ...(asksForWork(question) ? [] : analysis.strengths.slice(0, 1).map((text) => `What is strong: ${text}`)),
    ...whatComesFirst(analysis, dimension),
    ...goalsOf(analysis, conversation),
    ...exercisesOf(dimension, conversation),
  ].join("\n\n");
}

/** Whether there is something to practise of a dimension: a fault was found in it, it reads lowest, or work is asked for. */
function wantsWork(analysis: Analysis, dimension: string, question: string): boolean {
  return (
    momentsOn(analysis, dimension).some(({ kind }) => kind === "" || isFaultKind(kind)) ||
    analysis.weakest.includes(dimension) ||
    hasWordOfWork(question)
  );
}

/** On what no analysis speaks of: that, and what the library says of it. */
function onElse(analysis: Analysis, conversation: Conversation): string {
  const quotation = quoteOn(subjectOf(conversation), conversation);
  const nothing = `On that the analysis of ${nameOf(analysis)} says nothing, so I don't know.`;
  return quotation === null
    ? `${nothing} Ask me how it is practised, and I look in the library.`
    : `${nothing}\n\nThe library says: ${quotation.text}`;
}

/** The weakest dimension with its moments; where it has none, behind what stands out before all else. */
function whatComesFirst(analysis: Analysis, dimension: string): string[] {
  const words = wordsFor(dimension);
  const [priority] = analysis.priorities;
  if (priority === undefined || momentsOn(analysis, dimension).length > 0) {
    return [
      `Work on ${words} first: it is the weakest dimension of ${nameOf(analysis)}, at ${scoreText(analysis, dimension)}.`,
      ...momentsOf(analysis, dimension),
    ];
  }
  return [`${FIRST}${priority}`, ...analysis.practice.slice(0, 1).map(taskText), lowestOf(analysis) ?? ""];
}

/** What was heard in the player's recording of what they tell of their playing: "My left hand drowns the melody." */
export function heardOf(conversation: Conversation): string | null {
  const analysis = knownAnalysis(conversation);
  const { question } = conversation;
  const aspect = /\bmy\b|^i\b/i.test(question) ? aspectOf(question) : null;
  const heard =
    analysis === null || aspect === null || speaksOfElse(question, aspect)
      ? null
      : heardOfAspect(analysis, aspect);
  const [first] = heard === null ? [] : [...heard.faults, ...heard.described, ...heard.fine];
  return analysis === null || first === undefined
    ? null
    : `In ${nameOf(analysis)} this was heard of it: ${momentText(first)}`;
}

/** What the time for practice is to be filled with, first: what stood out in a recording, and its weakest dimension. */
export function placesToPractise(analysis: Analysis | null): string[] {
  if (analysis === null) return [];
  const [weakest] = rankedDimensions(analysis);
  const places = [
    ...analysis.priorities.slice(0, MAX_MOMENTS),
    ...(weakest === undefined
      ? []
      : [`The weakest dimension, ${wordsFor(weakest)}: ${scoreText(analysis, weakest)}.`]),
  ];
  return places.length === 0
    ? []
    : [listOf(`What to work on in that time, from ${nameOf(analysis)}:`, places)];
}

/**
 * What comes after what was named first, in the order of the analysis; else after the dimensions that were spoken of the weakest
 * of the others. Null if nothing was, or nothing is left.
 */
export function answerNext(conversation: Conversation): string | null {
  const analysis = knownAnalysis(conversation);
  const dimension = nextDimension(conversation);
  if (analysis === null) return null;
  const said = answersBefore(conversation);
  const at = analysis.priorities.findIndex((priority) => !said.includes(priority));
  if (said.includes(FIRST) && at !== -1)
    return [`${NEXT}${analysis.priorities[at]}`, ...analysis.practice.slice(at, at + 1).map(taskText)].join(
      "\n\n",
    );
  if (dimension === null) return null;
  return [
    `After that ${wordsFor(dimension)}, which reads lowest of the rest: ${scoreText(analysis, dimension)}.`,
    ...momentsOf(analysis, dimension),
    ...exercisesOf(dimension, conversation),
  ].join("\n\n");
}

function exercisesOf(dimension: string, conversation: Conversation): string[] {
  const cure = ofDimension(dimension, conversation);
  const exercise = cure === null ? null : quoteOn(cure, conversation);
  return exercise === null ? [] : [`For ${wordsFor(dimension)}, from the library: ${exercise.text}`];
}

/** What notes say on a dimension, such as a tempo. */
function notesOn({ notes }: Analysis, dimension: string): string[] {
  return notes.filter((note) => spokenDimension(note) === dimension).slice(0, 1);
}

/** Notes that say on what a reading rests: what was heard in all, and whose ratings scores lean on. */
const NOTES_OF_REASON = 3;

/** What was heard of what was spoken of, or else what reads lowest, and what that rests on; null if there is none of it. */
export function answerWhy(conversation: Conversation): string | null {
  const analysis = knownAnalysis(conversation);
  if (analysis === null) return null;
  const subject = subjectOf(conversation);
  const [heard] = subject.type === "cure" ? heardOfAspect(analysis, subject.aspect).faults : [];
  const isOfLowest = heard === undefined || dimensionOf(heard) === rankedDimensions(analysis)[0];
  const notes = analysis.notes.slice(0, NOTES_OF_REASON).join(" ");
  const said = [
    heard === undefined ? "" : `Because of what was heard: ${momentText(heard)}`,
    isOfLowest ? (lowestOf(analysis) ?? "") : "",
    notes === "" ? "" : `What that rests on: ${notes}`,
  ].filter((text) => text !== "");
  return said.length === 0 ? null : said.join("\n\n");
}

/** Which dimension reads lowest; null if none has a score. */
function lowestOf(analysis: Analysis): string | null {
  const [weakest] = rankedDimensions(analysis);
  if (weakest === undefined) return null;
  const standing = `${wordsFor(weakest)}, at ${scoreText(analysis, weakest)}`;
  return analysis.lowest ?? `The weakest dimension of ${nameOf(analysis)} is ${standing}.`;
}

function withoutScores(analysis: Analysis): string {
  const [first] = analysis.findings;
  if (first !== undefined)
    return `Nothing in ${nameOf(analysis)} could be scored, but this stands out. ${momentText(first)}`;
  const nothing = `Nothing in ${nameOf(analysis)} could be scored, so I can't say what to work on first.`;
  return [nothing, ...analysis.notes.slice(0, 1)].join(" ");
}

/** The moments of a dimension, or that it has none. */
function momentsOf(analysis: Analysis, dimension: string): string[] {
  const moments = momentsOn(analysis, dimension).slice(0, MAX_MOMENTS).map(momentText);
  return moments.length > 0 ? moments : ["No single moment stands out for it."];
}

/** What was found in a dimension, faults first. */
function momentsOn({ findings }: Analysis, dimension: string): Finding[] {
  return faultsFirst(findings.filter((finding) => dimensionOf(finding) === dimension));
}

/**
 * The goal that was told now, or the first of those that are known: in the words of the analysis, where it speaks of it. What bears
 * on a goal is told with it among the priorities.
 */
function goalsOf({ priorities, notes }: Analysis, conversation: Conversation): string[] {
  const goal = conversation.told?.goals ?? knownContext(conversation)?.goals[0];
  if (goal === undefined || priorities[0]?.includes(goal) === true) return [];
  return [notes.find((note) => note.includes(goal)) ?? `Keep your goal in view: “${goal}”.`];
}
