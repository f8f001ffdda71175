import { type Aspect, aspectOf } from "../aspects.ts";
import { analysisOfTurn, type Conversation, knownAnalysis, knownContext } from "../conversation.ts";
import { rankedDimensions, spokenDimension, wordsFor } from "../dimensions.ts";
import { asksForWork } from "../intent.ts";
import { quoteOn } from "../quotation/quote-on.ts";
import { dimensionInQuestion, nextDimension, subjectOf } from "../subject.ts";
import type { Analysis, Finding } from "../tool-results.ts";

/** Moments that an answer speaks of, at most. */
const MAX_MOMENTS = 2;

/** An answer about the player's own recording, of nothing but what its analysis says; null if there is none. */
export function answerOwnPlaying(conversation: Conversation): string | null {
  const { question } = conversation;
  const analysis = analysisOfTurn(conversation) ?? knownAnalysis(conversation);
  if (analysis === null) return null;
  const strengths = analysis.strengths.slice(0, MAX_MOMENTS);
  if (/\bstrength|\bstrong|\bwell\b|\bbest\b|\bwhat (is|was) good\b/i.test(question) && strengths.length > 0)
    return [`What is strong in ${nameOf(analysis)}:`, ...strengths.map((text) => `- ${text}`)].join("\n");
  const asked = CLOCK.exec(question)?.[0];
  if (asked !== undefined) return answerMoment(analysis, asked);
  const aspect = aspectOf(question);
  const ofAspect = aspect === null ? null : answerAspect(analysis, aspect, conversation);
  if (ofAspect !== null) return ofAspect;
  const dimension = dimensionInQuestion(conversation);
  if (dimension === null) return withoutScores(analysis);
  const isAsked = dimension === spokenDimension(question);
  const first = isAsked
    ? scoreOf(analysis, dimension)
    : `Work on ${wordsFor(dimension)} first: it is the weakest dimension of ` +
      `${nameOf(analysis)}, at ${scoreText(analysis, dimension)}.`;
  return [
    ...(asksForWork(question) ? [] : strengthOf(analysis, isAsked)),
    first,
    ...(isAsked ? notesOn(analysis, dimension) : []),
    ...momentsOf(analysis, dimension, isAsked ? [] : analysis.priorities),
    ...(isAsked ? [] : goalsOf(conversation)),
    ...exercisesOf(dimension, conversation),
  ].join("\n\n");
}

/**
 * What was heard of a side of playing; where nothing was, that, and what tells of it instead. Null where more can be said of the
 * dimension that the question names.
 */
function answerAspect(analysis: Analysis, aspect: Aspect, conversation: Conversation): string | null {
  const heard = observed(analysis, aspect.heard);
  const { name, isFault, near } = aspect;
  if (heard.length === 0 && !isFault && spokenDimension(conversation.question) !== null) return null;
  const exercise = quoteOn(subjectOf(conversation), conversation);
  const quoted = exercise === null ? [] : [`From the library: ${exercise.text}`];
  if (heard.length === 0)
    return [
      isFault
        ? `No ${name} was found in ${nameOf(analysis)}.`
        : `Nothing was found on ${name} in ${nameOf(analysis)}.`,
      ...(near === null ? [] : observed(analysis, near).slice(0, MAX_MOMENTS).map(momentText)),
      // Who hears it themselves has it, whatever was found.
      ...(tellsOfOwn(conversation.question) ? quoted : []),
    ].join("\n\n");
  return [`In ${nameOf(analysis)}:`, ...heard.slice(0, MAX_MOMENTS).map(momentText), ...quoted].join("\n\n");
}

/** Whether somebody tells of their playing, rather than asks about it. */
function tellsOfOwn(question: string): boolean {
  return /^(?:my|i)\b/i.test(question);
}

/** What was heard in the player's recording of what they tell of their playing: "My left hand drowns the melody." */
export function heardOf(conversation: Conversation): string | null {
  const analysis = knownAnalysis(conversation);
  const aspect = /\bmy\b|^i\b/i.test(conversation.question) ? aspectOf(conversation.question) : null;
  const [first] = analysis === null || aspect === null ? [] : observed(analysis, aspect.heard);
  return analysis === null || first === undefined
    ? null
    : `In ${nameOf(analysis)} this was heard of it: ${momentText(first)}`;
}

function observed({ findings }: Analysis, words: RegExp): Finding[] {
  return findings.filter(({ observation }) => words.test(observation));
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
    : [
        [
          `What to work on in that time, from ${nameOf(analysis)}:`,
          ...places.map((place) => `- ${place}`),
        ].join("\n"),
      ];
}

/** What comes after the dimensions that were spoken of, the weakest of the others; null if none was, or none is left. */
export function answerNext(conversation: Conversation): string | null {
  const analysis = knownAnalysis(conversation);
  const dimension = nextDimension(conversation);
  if (analysis === null || dimension === null) return null;
  return [
    `After that ${wordsFor(dimension)}, which reads lowest of the rest: ${scoreText(analysis, dimension)}.`,
    ...momentsOf(analysis, dimension, []),
    ...exercisesOf(dimension, conversation),
  ].join("\n\n");
}

/** What stands out at a time, as players write it. */
function answerMoment(analysis: Analysis, asked: string): string {
  const [minutes = 0, seconds = 0] = asked.split(":").map(Number);
  const at = minutes * 60 + seconds;
  const there = analysis.findings.filter(
    // Seconds are rounded where they are spoken of.
    ({ start, end }) => start !== null && Math.round(start) <= at && at <= Math.round(end ?? start),
  );
  return there.length === 0
    ? `Nothing stands out at ${asked} in ${nameOf(analysis)}.`
    : [`Around ${asked} in ${nameOf(analysis)}:`, ...there.map((finding) => `- ${momentText(finding)}`)].join(
        "\n",
      );
}

function exercisesOf(dimension: string, conversation: Conversation): string[] {
  const exercise = quoteOn({ type: "dimension", dimension }, conversation);
  return exercise === null ? [] : [`From the library: ${exercise.text}`];
}

/** Whoever only asks how it was hears what is strong first. */
function strengthOf({ strengths }: Analysis, isAsked: boolean): string[] {
  return isAsked ? [] : strengths.slice(0, 1).map((text) => `What is strong: ${text}`);
}

/** What notes say on a dimension, such as a tempo. */
function notesOn({ notes }: Analysis, dimension: string): string[] {
  return notes.filter((note) => spokenDimension(note) === dimension).slice(0, 1);
}

/** Notes that say on what a reading rests: what was heard in all, and whose ratings scores lean on. */
const NOTES_OF_REASON = 3;

/** What the scores rest on, in the words of the analysis; null if there is none. */
export function answerWhy(conversation: Conversation): string | null {
  const analysis = knownAnalysis(conversation);
  if (analysis === null) return null;
  const lowest = analysis.weakest.flatMap((name) => {
    const score = analysis.dimensions[name]?.score;
    return typeof score === "number" ? [`${wordsFor(name)} (${Math.round(score)})`] : [];
  });
  const notes = analysis.notes.slice(0, NOTES_OF_REASON);
  if (lowest.length === 0 && notes.length === 0) return null;
  return [
    ...(lowest.length === 0 ? [] : [`In ${nameOf(analysis)} these read lowest: ${lowest.join(", ")}.`]),
    ...(notes.length === 0 ? [] : [`What that rests on: ${notes.join(" ")}`]),
  ].join("\n\n");
}

function nameOf({ recording }: Analysis): string {
  return recording?.filename === undefined || recording.filename === ""
    ? "your recording"
    : `your recording “${recording.filename}”`;
}

function scoreOf(analysis: Analysis, dimension: string): string {
  const name = nameOf(analysis);
  return typeof analysis.dimensions[dimension]?.score === "number"
    ? `In ${name}, ${wordsFor(dimension)} is at ${scoreText(analysis, dimension)}.`
    : `There is no score for ${wordsFor(dimension)} in ${name}: nothing that I was given says how it was.`;
}

/** "about 49 of 100, give or take 6", of a dimension that has a score. */
function scoreText({ dimensions }: Analysis, dimension: string): string {
  const { score = null, uncertainty = null } = dimensions[dimension] ?? {};
  const range = uncertainty === null ? "" : `, give or take ${Math.round(uncertainty)}`;
  return `about ${Math.round(score ?? 0)} of 100${range}`;
}

function withoutScores(analysis: Analysis): string {
  const [first] = analysis.findings;
  if (first !== undefined)
    return `Nothing in ${nameOf(analysis)} could be scored, but this stands out. ${momentText(first)}`;
  const nothing = `Nothing in ${nameOf(analysis)} could be scored, so I can't say what to work on first.`;
  return [nothing, ...analysis.notes.slice(0, 1)].join(" ");
}

/** The moments of a dimension; where it has none, what is to be worked on first of all. */
function momentsOf({ findings }: Analysis, dimension: string, priorities: readonly string[]): string[] {
  const own = findings.filter((finding) => finding.dimension === dimension);
  const [first] = priorities;
  const rest = first === undefined ? "" : ` What comes first of all that was heard: ${first}`;
  return own.length > 0
    ? own.slice(0, MAX_MOMENTS).map(momentText)
    : [`No single moment stands out for it.${rest}`];
}

/** A time as players read it: 1:07. */
const CLOCK = /\d{1,2}:\d\d/;

function momentText({ start, end, observation, suggestion }: Finding): string {
  const isTimed = start === null || CLOCK.test(observation);
  const when = isTimed ? "" : `At ${clock(start)}${end === null ? "" : `–${clock(end)}`}: `;
  return [`${when}${observation}`, suggestion].filter((text) => text !== "").join(" ");
}

/** Seconds as `CLOCK`, rounded as feedback rounds them. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** The goal that was told now, or the first of those that are known. */
function goalsOf(conversation: Conversation): string[] {
  const goal = conversation.told?.goals ?? knownContext(conversation)?.goals[0];
  return goal === undefined
    ? []
    : [`With your goal in mind (“${goal}”), begin with the passages that you need for it.`];
}
