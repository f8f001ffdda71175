import type { WantedCall } from "../wire/reply.ts";
import { argumentsFor, type KnownFacts } from "./arguments.ts";
import {
  type Conversation,
  isCalled,
  knownAnalysis,
  knownContext,
  recordingInQuestion,
  recordingsOfTurn,
} from "./conversation.ts";
import { forgettingFacts, forgettingOf } from "./forgetting.ts";
import { type Intent, intentOf } from "./intent.ts";
import { librarySearches, SEARCH } from "./library-searches.ts";
import { aspectOf } from "./own-questions/aspect-of.ts";
import { ownQuestionIn } from "./own-questions/own-question.ts";
import { isCompared, recordingsToCompare } from "./recordings-named.ts";
import { subjectOf } from "./subject.ts";

/** Rounds of tools after which the coach answers with what it has. */
const MAX_ROUNDS = 4;

const ANALYSIS = "get_performance_analysis";
const CONTEXT = "get_user_context";
const LIST = "list_recordings";
const COMPARE = "compare_recordings";
const FORGET = "forget_user_context";

/** The tools that are to be called next; none if the question can be answered, as well as it can be. */
export function planTools(conversation: Conversation): WantedCall[] {
  if (conversation.rounds >= MAX_ROUNDS) return [];
  const facts = factsOf(conversation);
  return wantedTools(conversation).flatMap((name) => {
    const tool = conversation.tools.find((offered) => offered.name === name);
    const timesCalled = conversation.thisTurn.filter((called) => called.name === name).length;
    // Searches one after the other: passages are numbered as they come, and the same question gets the same numbers.
    // Recordings are compared twice at most: those before the session's, and all. Any other tool is called once.
    const calls = name === SEARCH ? librarySearches(conversation) : name === COMPARE ? [{}, {}] : [{}];
    const about = calls[timesCalled];
    if (tool === undefined || about === undefined) return [];
    const known = name === FORGET ? forgettingFacts(conversation) : { ...facts, ...about };
    const given = argumentsFor(tool, known);
    return given === null ? [] : [{ name, arguments: given }];
  });
}

function wantedTools(conversation: Conversation): string[] {
  const { told, question, tools } = conversation;
  const isReplaced = told?.replaced !== undefined;
  // What takes the place of something is saved when that is gone.
  const before = isReplaced && tools.some(({ name }) => name === FORGET) ? toolsToForget(conversation) : [];
  if (before.length > 0) return before;
  const isUnclear = isReplaced && forgettingOf(conversation)?.type === "unclear";
  return [
    ...(told === null || isUnclear ? [] : ["update_user_context"]),
    ...(told !== null && question === "" ? [] : toolsForQuestion(conversation)),
  ];
}

/** What is remembered is looked at first: what is to be forgotten is named in its words. */
function toolsToForget(conversation: Conversation): string[] {
  if (knownContext(conversation) === null && !isCalled(conversation, CONTEXT)) return [CONTEXT];
  const isClear = !["unclear", undefined].includes(forgettingOf(conversation)?.type);
  return isClear && !isCalled(conversation, FORGET) ? [FORGET] : [];
}

function toolsForQuestion(conversation: Conversation): string[] {
  const { question } = conversation;
  const intent = intentOf(question);
  const { type } = subjectOf(conversation);
  const isOfPlaying = aspectOf(question) !== null || type !== "words";
  const wantsFindings = ["why", "next", "plan"].includes(intent) || (intent === "how_to" && isOfPlaying);
  // The instructions have no more than what comes first.
  const lacksFindings = (knownAnalysis(conversation)?.findings ?? []).length === 0;
  if (wantsFindings && lacksFindings && canBeAnalysed(conversation)) return [ANALYSIS];
  return TOOLS[intent]?.(conversation) ?? [];
}

/** The tools for each of what messages want; none where nothing is looked up. */
const TOOLS: Readonly<Partial<Record<Intent, (conversation: Conversation) => string[]>>> = {
  goals: () => [CONTEXT],
  forget: toolsToForget,
  recordings: () => [LIST],
  progress: (conversation) =>
    recordingsOfTurn(conversation) === null ? [LIST] : isCompared(conversation) ? [] : [COMPARE],
  own_playing: (conversation) => {
    if (knownAnalysis(conversation) !== null && !canBeAnalysed(conversation))
      return isToldByAnalysis(conversation) ? [] : [SEARCH];
    if (recordingInQuestion(conversation) !== null) return [ANALYSIS, CONTEXT];
    // Who has no recording may still be told what the library has.
    return isCalled(conversation, LIST) && !isOfRecording(conversation.question) ? [SEARCH] : [LIST, CONTEXT];
  },
  how_to: () => [SEARCH],
  plan: () => [SEARCH],
  body: () => [SEARCH],
  next: (conversation) => (subjectOf(conversation).type === "nothing" ? [] : [SEARCH]),
  repertoire: (conversation) => [...(isCalled(conversation, CONTEXT) ? [] : [CONTEXT]), SEARCH],
};

/** Whether only a recording tells what is asked. */
export function isOfRecording(question: string): boolean {
  return ![undefined, "tempo_wanted", "task"].includes(ownQuestionIn(question)?.type);
}

/** Whether the analysis alone answers a question: only what is to be worked on wants the library. */
function isToldByAnalysis(conversation: Conversation): boolean {
  const asked = ownQuestionIn(conversation.question);
  if (asked?.type === "task") return subjectOf(conversation).type !== "words";
  const isNear = asked?.type === "unheard" && asked.what.isNear;
  return asked !== null && !["playing", "tempo_wanted"].includes(asked.type) && isNear !== true;
}

/** Whether an analysis can still be asked for in this turn. */
function canBeAnalysed(conversation: Conversation): boolean {
  const isOffered = conversation.tools.some(({ name }) => name === ANALYSIS);
  return isOffered && recordingInQuestion(conversation) !== null && !isCalled(conversation, ANALYSIS);
}

/** What is known for any tool: the recording, those to compare, and what the player told. */
function factsOf(conversation: Conversation): KnownFacts {
  const compared = recordingsToCompare(conversation);
  const ids = compared?.type === "these" ? compared.recordings.map(({ id }) => id).toReversed() : [];
  const { goals, constraints, experience_level } = conversation.told ?? {};
  const facts = {
    recording_id: recordingInQuestion(conversation),
    recording_ids: ids.length < 2 ? null : ids,
    goals: goals === undefined ? null : [goals],
    constraints: constraints === undefined ? null : [constraints],
    experience_level: experience_level ?? null,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== null));
}
