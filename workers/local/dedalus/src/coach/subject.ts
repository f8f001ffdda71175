import { FIRST, NEXT } from "./answers/analysis-text.ts";
import { NOT_KNOWN } from "./answers/dont-know.ts";
import {
  answersBefore,
  type Conversation,
  type Exchange,
  knownAnalysis,
  knownContext,
} from "./conversation.ts";
import { dimensionsNamed, rankedDimensions, spokenDimension, wordsFor } from "./dimensions.ts";
import { intentOf, pointsBack } from "./intent.ts";
import { hasTopic, hasWordOfWork, topicWords } from "./language/topic.ts";
import {
  aspectAtFault,
  aspectOf,
  dimensionOf,
  heardOfAspect,
  speaksOfElse,
} from "./own-questions/aspect-of.ts";
import type { Aspect } from "./own-questions/aspects.ts";
import { claimOf } from "./own-questions/claims.ts";
import { ownQuestionIn } from "./own-questions/own-question.ts";
import { minutesIn, minutesInWords } from "./time-told.ts";
import { painIn, type Wanted, wantedBy } from "./wanted.ts";

/**
 * What a question is about: what is to be mended of a side of playing; a dimension of it; or what some text says. Nothing, where
 * that can't be told. The text is what is looked for on it, and `wanted` what is wanted of that, where the question doesn't tell.
 */
export type Subject =
  | { readonly type: "cure"; readonly text: string; readonly aspect: Aspect }
  | { readonly type: "dimension"; readonly text: string; readonly dimension: string }
  | { readonly type: "words" | "nothing"; readonly text: string; readonly wanted?: Wanted };

/** How a tempo is found, as the library has it. */
const TEMPO: Subject = { type: "words", text: "finding a natural tempo: sing the bar", wanted: "exercise" };

const NOTHING: Subject = { type: "nothing", text: "" };

/** What is looked for besides for whoever tells of pain: what it may be a sign of. */
export function warningSigns(question: string): Subject {
  return { type: "words", text: `warning signs of injury ${painIn(question)}`.trim() };
}

export function subjectOf(conversation: Conversation): Subject {
  const { question } = conversation;
  const ofQuestion = () =>
    ofWords(question) ?? ofDimension(spokenDimension(question), conversation) ?? NOTHING;
  if (isOfBefore(question)) {
    const before = subjectBefore(conversation);
    // What an analysis proposes is for what it found; how long anything else is practised is the library's matter.
    return pointsBack(question) || before.type !== "words" ? before : (ofWords(question) ?? before);
  }
  switch (intentOf(question)) {
    case "own_playing":
      if (ownQuestionIn(question)?.type === "tempo_wanted") return TEMPO;
      if (asksOfElse(question)) return ofWords(question) ?? NOTHING;
      return (
        ofAspect(question, conversation) ??
        (spokenDimension(question) === null ? ofFirst(conversation) : null) ??
        ofDimension(dimensionInQuestion(conversation), conversation) ??
        ofWords(question) ??
        NOTHING
      );
    case "plan": {
      const minutes = minutesToPractise(conversation);
      const ofLength = minutes === null ? "" : ` ${minutesInWords(minutes)} minutes`;
      return { type: "words", text: `practice plan session${ofLength}` };
    }
    case "repertoire":
      return { type: "words", text: "choosing repertoire by level" };
    case "next":
      return ofDimension(nextDimension(conversation), conversation) ?? NOTHING;
    case "why":
      return subjectBefore(conversation);
    case "how_to":
      return ofOwnFault(question, conversation) ?? ofQuestion();
    default:
      return ofQuestion();
  }
}

/** Whether a message only points at what was spoken of, for what is done about it, for how long, or where it is. */
function isOfBefore(question: string): boolean {
  return pointsBack(question) || ["task", "where"].includes(ownQuestionIn(question)?.type ?? "");
}

/** What is wanted of the library on a subject: of playing always something to do. */
export function wantedOf(subject: Subject, { question }: Conversation): Wanted {
  if (subject.type === "dimension" || subject.type === "cure") return "exercise";
  return subject.wanted ?? wantedBy(question);
}

/** Whether it is asked how something was that is neither a side nor a dimension of playing: "Is my rubato tasteful?" */
export function asksOfElse(question: string): boolean {
  const isOfOne = aspectOf(question) !== null || spokenDimension(question) !== null;
  const asksHow = /^(is|are|was|were|am|do|does|did|has|have|how (is|are|was|were)) \w+ /i.test(question);
  return asksHow && !isOfOne && !hasWordOfWork(question) && hasTopic(question.replace(/\bsound\b/i, ""));
}

function cureOf(aspect: Aspect): Subject {
  return { type: "cure", text: aspect.topic, aspect };
}

/** A dimension, or the fault that was heard in it: what is practised is for that, and not for its opposite. */
export function ofDimension(dimension: string | null, conversation: Conversation): Subject | null {
  if (dimension === null) return null;
  const findings = knownAnalysis(conversation)?.findings ?? [];
  const faults = findings.filter((finding) => dimensionOf(finding) === dimension).map(aspectAtFault);
  const aspect = faults.find((one) => one !== null);
  return aspect === undefined ? { type: "dimension", text: wordsFor(dimension), dimension } : cureOf(aspect);
}

/** What an analysis names as something to work on: a side of playing, or a dimension. */
export function ofPriority(priority: string, conversation: Conversation): Subject {
  return ofAspect(priority, conversation) ?? ofDimension(spokenDimension(priority), conversation) ?? NOTHING;
}

/** What an analysis names as the first to work on; null where it names nothing, or nothing that is looked up. */
export function ofFirst(conversation: Conversation): Subject | null {
  const [priority] = knownAnalysis(conversation)?.priorities ?? [];
  const subject = priority === undefined ? NOTHING : ofPriority(priority, conversation);
  return subject.type === "nothing" ? null : subject;
}

/** What a text says; null where its words tell of a dimension and nothing else, or of nothing: "wrong notes". */
function ofWords(text: string): Subject | null {
  const tells = hasTopic(text) || (topicWords(text).length > 0 && spokenDimension(text) === null);
  return tells ? { type: "words", text } : null;
}

/** A side of playing that a text names; where one of its faults was heard, that. */
function ofAspect(text: string, conversation: Conversation): Subject | null {
  const aspect = aspectOf(text);
  if (aspect === null) return null;
  const analysis = knownAnalysis(conversation);
  const [fault] = analysis === null ? [] : heardOfAspect(analysis, aspect).faults;
  return cureOf((fault === undefined ? null : aspectAtFault(fault)) ?? aspect);
}

/**
 * What a player finds bad in their own playing, "My notes run together, help", or what was heard of it: "How do I get rid of the
 * pause?" Nothing, where it's of something else besides: "My thumb is too loud."
 */
function ofOwnFault(question: string, conversation: Conversation): Subject | null {
  const aspect = aspectOf(question);
  const analysis = knownAnalysis(conversation);
  if (aspect === null || speaksOfElse(question, aspect)) return null;
  const claim = claimOf(question, aspect);
  // "How do I get faster?" is a wish, of whatever was heard; "the pause" is that one.
  const isPlace = /\b(the|this|that|these|those)\b/i.test(question);
  const isHeard = isPlace && analysis !== null && heardOfAspect(analysis, aspect).faults.length > 0;
  const isMine = (isHeard && wantedBy(question) === "exercise") || /\bmy\b|^i\b/i.test(question);
  return claim === "bad" || (claim === null && isMine) ? ofAspect(question, conversation) : null;
}

/** The minutes that a player has, as they say, or once told us; null if that isn't known. */
export function minutesToPractise(conversation: Conversation): number | null {
  const { question, told } = conversation;
  const known = knownContext(conversation)?.constraints.toReversed() ?? [];
  const minutes = [told?.constraints ?? "", question, ...known].map(minutesIn);
  return minutes.find((one) => one !== null) ?? null;
}

/**
 * What was spoken of before, the newest first: the dimension that an answer named first, or what the library was asked and knew
 * something of; without either what is to be worked on first, or the weakest dimension. Whoever speaks of what is weak means the weakest.
 */
function subjectBefore(conversation: Conversation): Subject {
  const { question } = conversation;
  const analysis = knownAnalysis(conversation);
  const spoken = spokenDimension(question);
  if (spoken !== null) return ofDimension(spoken, conversation) ?? NOTHING;
  const [lowest = null] = analysis === null ? [] : rankedDimensions(analysis);
  const weakest = ofDimension(lowest, conversation);
  if (weakest !== null && /\bweak|\bworst\b|\blowest\b/i.test(question)) return weakest;
  const subjects = conversation.before.toReversed().map((one) => subjectOfExchange(one, conversation));
  const first = pointsBack(question) ? ofFirst(conversation) : null;
  return subjects.find((subject) => subject !== null) ?? first ?? weakest ?? NOTHING;
}

function subjectOfExchange({ question, answer }: Exchange, conversation: Conversation): Subject | null {
  // What only points back, or asks why, or wasn't known, is about what came before it, whatever its answer spoke of.
  if (isOfBefore(question)) return ofDimension(spokenDimension(question), conversation);
  const intent = intentOf(question);
  if (["why", "plan", "goals", "progress"].includes(intent) || answer.includes(NOT_KNOWN)) return null;
  const words = intent === "how_to" ? ofWords(question) : null;
  if (words !== null) return ofOwnFault(question, conversation) ?? words;
  const isOfPlaces = ownQuestionIn(question) !== null;
  // Of several places that were named the first comes first.
  const starts = [FIRST, NEXT, ...(isOfPlaces ? ["- "] : [])];
  const place = answer.split("\n").find((line) => starts.some((start) => line.startsWith(start)));
  const ofPlace = ofPriority(place ?? "", conversation);
  if (ofPlace.type !== "nothing") return ofPlace;
  return (
    ofAspect(intent === "own_playing" ? question : "", conversation) ??
    ofDimension(dimensionsNamed(answer)[0] ?? spokenDimension(answer), conversation)
  );
}

/** The dimension that the question names, else the weakest that the conversation knows of. */
export function dimensionInQuestion(conversation: Conversation): string | null {
  const analysis = knownAnalysis(conversation);
  const spoken = spokenDimension(conversation.question);
  if (spoken !== null && (analysis === null || spoken in analysis.dimensions)) return spoken;
  if (analysis !== null) return rankedDimensions(analysis)[0] ?? null;
  return spokenDimension(conversation.before.at(-1)?.answer ?? "");
}

/** The weakest dimension that the coach hasn't named yet in this conversation; null where nothing was said of any. */
export function nextDimension(conversation: Conversation): string | null {
  const analysis = knownAnalysis(conversation);
  const named = dimensionsNamed(answersBefore(conversation));
  if (analysis === null || named.length === 0) return null;
  return rankedDimensions(analysis).find((dimension) => !named.includes(dimension)) ?? null;
}
