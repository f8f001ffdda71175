import { answersBefore, type Conversation, knownAnalysis, knownContext } from "../conversation.ts";
import { rankedDimensions, spokenDimension, wordsFor } from "../dimensions.ts";
import { asksForWork } from "../intent.ts";
import { idIn } from "../language/cues.ts";
import { hasWordOfWork } from "../language/topic.ts";
import { aspectOf, dimensionOf, heardOfAspect, isFaultKind } from "../own-questions/aspect-of.ts";
import { ownQuestionIn } from "../own-questions/own-question.ts";
import { quoteOn } from "../quotation/quote.ts";
import {
  asksOfElse,
  dimensionInQuestion,
  nextDimension,
  ofDimension,
  ofFirst,
  ofPriority,
  type Subject,
  subjectOf,
} from "../subject.ts";
import type { Analysis, Finding } from "../tool-results.ts";
import { FIRST, momentText, NEXT, nameOf, scoreOf, scoreText, taskText } from "./analysis-text.ts";
import { answerAspect } from "./aspect.ts";
import { answerDisputed, answerSpan, answerWhere, faultsFirst } from "./moments.ts";
import { answerRanking, READINGS } from "./readings.ts";

/** Moments that an answer speaks of, at most. */
const MAX_MOMENTS = 2;

/** Notes that say on what a reading rests: what was heard in all, and whose ratings scores lean on. */
const NOTES_OF_REASON = 3;

/** An answer about the player's own recording, of nothing but what its analysis says; null if there is none. */
export function answerOwnPlaying(conversation: Conversation): string | null {
  const { question } = conversation;
  const named = idIn(question);
  const analysis = knownAnalysis(conversation);
  if (named !== null && analysis?.recording?.id !== named)
    return `I find no recording of yours with the id ${named}, so I can say nothing about it.`;
  if (analysis === null) return null;
  const hasScore = Object.values(analysis.dimensions).some((reading) => typeof reading?.score === "number");
  // Where nothing at all was heard, nothing can be denied either.
  if (!hasScore && analysis.findings.length === 0 && analysis.strengths.length === 0)
    return withoutScores(analysis);
  const asked = ownQuestionIn(question);
  switch (asked?.type) {
    case "unheard": {
      const { because, isNear } = asked.what;
      return isNear ? `${because}\n\n${onDimension(analysis, conversation)}` : because;
    }
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
    case "tempo_wanted":
      return [TEMPO_UNKNOWN, READINGS.tempo(analysis), ...quoted("The library says", conversation)].join(
        "\n\n",
      );
    default:
      return onPlaying(analysis, conversation);
  }
}

const TEMPO_UNKNOWN = "How fast it is meant I can't tell: which piece it is I don't know.";

/** What the library says on what the question is about, after some words; nothing where it says nothing. */
function quoted(lead: string, conversation: Conversation, subject = subjectOf(conversation)): string[] {
  const quotation = quoteOn(subject, conversation);
  return quotation === null ? [] : [`${lead}: ${quotation.text}`];
}

/** How long, how, and until when what was spoken of is to be practised, as the analysis proposes it; null if it doesn't. */
function answerTask({ priorities, practice }: Analysis, conversation: Conversation): string | null {
  const { text } = subjectOf(conversation);
  const at = priorities.findIndex((priority) => ofPriority(priority, conversation).text === text);
  const task = practice[at];
  if (task === undefined) return null;
  return `${priorities[at]}\n\n${task.minutes} minutes of a day's practice: ${taskText(task)}`;
}

/** On a side of playing, on what is strong, or on a dimension. */
function onPlaying(analysis: Analysis, conversation: Conversation): string {
  const { question } = conversation;
  const aspect = aspectOf(question);
  const asksForStrength = /\bstrength|\bstrong|\bwell\b|\bbest\b/i.test(question);
  if (asksForStrength && aspect === null && analysis.strengths.length > 0)
    return READINGS.strengths(analysis);
  const ofAspect = aspect === null ? null : answerAspect(analysis, aspect, conversation);
  return ofAspect ?? onDimension(analysis, conversation);
}

/** On the dimension that is asked about, or on the one to work on first. */
function onDimension(analysis: Analysis, conversation: Conversation): string {
  const { question } = conversation;
  if (asksOfElse(question)) return onElse(analysis, conversation);
  const dimension = dimensionInQuestion(conversation);
  if (dimension === null) return withoutScores(analysis);
  const moments = momentsOn(analysis, dimension);
  if (dimension === spokenDimension(question)) {
    // There is something to practise where a fault was found, where it reads lowest, or where work is asked for.
    const isFault = moments.some(({ kind }) => kind === "" || isFaultKind(kind));
    const wantsWork = isFault || analysis.weakest.includes(dimension) || hasWordOfWork(question);
    return [
      scoreOf(analysis, dimension),
      ...analysis.notes.filter((note) => spokenDimension(note) === dimension).slice(0, 1),
      ...momentsOf(analysis, dimension),
      ...(wantsWork || /^should\b/i.test(question)
        ? exerciseFor(ofDimension(dimension, conversation), conversation)
        : []),
    ].join("\n\n");
  }
  return [
    ...(asksForWork(question) ? [] : analysis.strengths.slice(0, 1).map((text) => `What is strong: ${text}`)),
    ...firstToDo(analysis, dimension),
    ...goalsOf(analysis, conversation),
    ...exerciseFor(ofFirst(conversation) ?? ofDimension(dimension, conversation), conversation),
  ].join("\n\n");
}

/** What feedback puts first, and what reads lowest besides; of an analysis that names nothing the weakest dimension. */
function firstToDo(analysis: Analysis, weakest: string): string[] {
  const [priority] = analysis.priorities;
  if (priority === undefined)
    return [
      `Work on ${wordsFor(weakest)} first: it is the weakest dimension of ${nameOf(analysis)}, ` +
        `at ${scoreText(analysis, weakest)}.`,
      ...momentsOf(analysis, weakest),
    ];
  const tasks = analysis.practice.slice(0, 1).map(taskText);
  return [`${FIRST}${priority}`, ...tasks, lowestOf(analysis) ?? ""].filter((text) => text !== "");
}

/** On what no analysis speaks of: that, and what the library says of it. */
function onElse(analysis: Analysis, conversation: Conversation): string {
  const [quotation] = quoted("The library says", conversation);
  const nothing = `On that the analysis of ${nameOf(analysis)} says nothing, so I don't know.`;
  return quotation === undefined
    ? `${nothing} Ask me how it is practised, and I look in the library.`
    : `${nothing}\n\n${quotation}`;
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
  if (said.includes(FIRST) && at !== -1) {
    const tasks = analysis.practice.slice(at, at + 1).map(taskText);
    return [`${NEXT}${analysis.priorities[at]}`, ...tasks].join("\n\n");
  }
  if (dimension === null) return null;
  return [
    `After that ${wordsFor(dimension)}, which reads lowest of the rest: ${scoreText(analysis, dimension)}.`,
    ...momentsOf(analysis, dimension),
    ...exerciseFor(ofDimension(dimension, conversation), conversation),
  ].join("\n\n");
}

function exerciseFor(cure: Subject | null, conversation: Conversation): string[] {
  if (cure === null) return [];
  const name = cure.type === "cure" ? cure.aspect.name : cure.text;
  return quoted(`For ${name}, from the library`, conversation, cure);
}

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
  const nothing = `Nothing in ${nameOf(analysis)} could be scored`;
  return first === undefined
    ? [`${nothing}, so I can't say what to work on first.`, ...analysis.notes.slice(0, 1)].join(" ")
    : `${nothing}, but this stands out. ${momentText(first)}`;
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
 * The goal that was told now, or the first of those that are known: in the words of the analysis, where it speaks of it. What
 * bears on a goal is told with it among the priorities.
 */
function goalsOf({ priorities, notes }: Analysis, conversation: Conversation): string[] {
  const goal = conversation.told?.goals ?? knownContext(conversation)?.goals[0];
  if (goal === undefined || priorities[0]?.includes(goal) === true) return [];
  return [notes.find((note) => note.includes(goal)) ?? `Keep your goal in view: “${goal}”.`];
}
