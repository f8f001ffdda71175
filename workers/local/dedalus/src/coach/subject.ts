import { FIRST, NEXT } from "./answers/analysis-text.ts";
import {
  answersBefore,
  type Conversation,
  type Exchange,
  exchangesBefore,
  knownAnalysis,
  knownContext,
  passagesOf,
  searchesOf,
  titlesFiled,
} from "./conversation.ts";
import { dimensionsNamed, rankedDimensions, spokenDimension } from "./dimensions.ts";
import { intentOf, pointsBack } from "./intent.ts";
import { hasTopic, hasWordOfWork, topicWords } from "./language/topic.ts";
import { aspectOf } from "./own-questions/aspect-of.ts";
import { ownQuestionIn } from "./own-questions/own-question.ts";
import { painIn } from "./pain.ts";
import { passagesAbout } from "./quotation/fit.ts";
import { minutesIn, minutesInWords } from "./time-told.ts";

/** What a question is about: a dimension of playing, or what some text says; nothing, where that can't be told. */
export type Subject =
  | { readonly type: "dimension"; readonly dimension: string }
  | { readonly type: "words"; readonly text: string }
  | { readonly type: "nothing" };

/** What is looked for besides for whoever tells of pain: what it may be a sign of. */
export function warningSigns(question: string): { readonly type: "words"; readonly text: string } {
  return { type: "words", text: `warning signs of injury ${painIn(question)}`.trim() };
}

const NOTHING: Subject = { type: "nothing" };

export function subjectOf(conversation: Conversation): Subject {
  const { question } = conversation;
  if (pointsBack(question)) return subjectBefore(conversation);
  switch (intentOf(question)) {
    case "own_playing":
      if (asksOfElse(question)) return ofWords(question) ?? NOTHING;
      return (
        ofAspect(question) ?? ofDimension(dimensionInQuestion(conversation)) ?? ofWords(question) ?? NOTHING
      );
    case "plan":
      return ofPlan(conversation);
    case "repertoire":
      return { type: "words", text: "choosing repertoire by level" };
    case "next":
      return ofDimension(nextDimension(conversation)) ?? NOTHING;
    default:
      return ofWords(question) ?? ofDimension(spokenDimension(question)) ?? NOTHING;
  }
}

/** Whether it is asked how something was that is neither a side nor a dimension of playing: "Is my rubato tasteful?" */
export function asksOfElse(question: string): boolean {
  const isOfOne = aspectOf(question) !== null || spokenDimension(question) !== null;
  const asksHow = /^(is|are|was|were|am|do|does|did|has|have|how (is|are|was|were)) \w+ /i.test(question);
  return asksHow && !isOfOne && !hasWordOfWork(question) && hasTopic(question.replace(/\bsound\b/i, ""));
}

function ofDimension(dimension: string | null): Subject | null {
  return dimension === null ? null : { type: "dimension", dimension };
}

/** What a text says; null where its words tell of a dimension and nothing else, or of nothing: "wrong notes". */
function ofWords(text: string): Subject | null {
  const tells = hasTopic(text) || (topicWords(text).length > 0 && spokenDimension(text) === null);
  return tells ? { type: "words", text } : null;
}

/** What the library calls a side of playing that a question names. */
function ofAspect(question: string): Subject | null {
  const topic = aspectOf(question)?.topic;
  return topic === undefined ? null : { type: "words", text: topic };
}

/** A plan for the time that there is: as the question has it, or what was told of it. */
function ofPlan(conversation: Conversation): Subject {
  const minutes = minutesToPractise(conversation);
  const ofLength = minutes === null ? "" : ` ${minutesInWords(minutes)} minutes`;
  return { type: "words", text: `practice plan session${ofLength}` };
}

/** The minutes that a player has, as they say, or once told us; null if that isn't known. */
export function minutesToPractise(conversation: Conversation): number | null {
  const { question, told } = conversation;
  const known = knownContext(conversation)?.constraints.toReversed() ?? [];
  return (
    [told?.constraints ?? "", question, ...known].map(minutesIn).find((minutes) => minutes !== null) ?? null
  );
}

/**
 * What was spoken of before, the newest first: the dimension that an answer named first, or what the library was asked and knew
 * something of; without either the weakest dimension. Whoever speaks of what is weak means the weakest.
 */
function subjectBefore(conversation: Conversation): Subject {
  const { question } = conversation;
  const analysis = knownAnalysis(conversation);
  const spoken = spokenDimension(question);
  if (spoken !== null) return { type: "dimension", dimension: spoken };
  const weakest = ofDimension(analysis === null ? null : (rankedDimensions(analysis)[0] ?? null));
  if (weakest !== null && /\bweak|\bworst\b|\blowest\b/i.test(question)) return weakest;
  const before = exchangesBefore(conversation)
    .toReversed()
    .map(subjectOfExchange)
    .find((subject) => subject !== null);
  return before ?? weakest ?? NOTHING;
}

function subjectOfExchange({ question, called, answer }: Exchange): Subject | null {
  // What only points back is about what came before it, whatever its answer spoke of.
  if (pointsBack(question)) return ofDimension(spokenDimension(question));
  if (intentOf(question) === "how_to" && ofWords(question) !== null)
    return foundNothing(called, question) ? null : ofWords(question);
  const asked = ownQuestionIn(question);
  // "Where exactly?" is about what came before it, too.
  if (asked?.type === "where") return null;
  // Of several places that were named the first comes first.
  const place = answer
    .split("\n")
    .find(
      (line) => line.startsWith(FIRST) || line.startsWith(NEXT) || (asked !== null && line.startsWith("- ")),
    );
  if (place !== undefined && aspectOf(place) !== null) return ofAspect(place);
  const aspect = intentOf(question) === "own_playing" ? ofAspect(question) : null;
  return aspect ?? ofDimension(dimensionsNamed(answer)[0] ?? spokenDimension(answer));
}

/** Whether the library was asked, and had nothing on a question; a history may have lost what it had. */
function foundNothing(called: Exchange["called"], question: string): boolean {
  const searches = searchesOf(called);
  return (
    searches.length > 0 &&
    passagesAbout(passagesOf(searches), { text: question, isAnyGood: false, filed: titlesFiled(called) })
      .length === 0
  );
}

/** The dimension that the question names, else the weakest that the conversation knows of. */
export function dimensionInQuestion(conversation: Conversation): string | null {
  const analysis = knownAnalysis(conversation);
  const spoken = spokenDimension(conversation.question);
  if (spoken !== null && (analysis === null || spoken in analysis.dimensions)) return spoken;
  if (analysis !== null) return rankedDimensions(analysis)[0] ?? null;
  return spokenDimension(exchangesBefore(conversation).at(-1)?.answer ?? "");
}

/** The weakest dimension that the coach hasn't named yet in this conversation; null where nothing was said of any. */
export function nextDimension(conversation: Conversation): string | null {
  const analysis = knownAnalysis(conversation);
  const named = new Set(dimensionsNamed(answersBefore(conversation)));
  if (analysis === null || named.size === 0) return null;
  return rankedDimensions(analysis).find((dimension) => !named.has(dimension)) ?? null;
}
