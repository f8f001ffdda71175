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
import { intentOf } from "./intent.ts";
import { librarySearches, SEARCH } from "./library-searches.ts";
import { aspectOf } from "./own-questions/aspect-of.ts";
import { ownQuestionIn } from "./own-questions/own-question.ts";
import { isCompared, recordingsToCompare } from "./recordings-named.ts";
import { subjectOf } from "./subject.ts";
import { forgettingFacts, forgettingOf } from "./what-to-forget.ts";

/** Rounds of tools after which the coach answers with what it has. */
const MAX_ROUNDS = 4;

const COMPARE = "compare_recordings";
const FORGET = "forget_user_context";

/** The tools that are to be called next; none if the question can be answered, as well as it can be. */
export function planTools(conversation: Conversation): WantedCall[] {
  if (conversation.rounds >= MAX_ROUNDS) return [];
  const facts: KnownFacts = {
    ...recordingFacts(conversation),
    ...toldFacts(conversation),
  };
  return wantedTools(conversation).flatMap((name) => {
    const tool = conversation.tools.find((offered) => offered.name === name);
    const timesCalled = conversation.thisTurn.filter((called) => called.name === name).length;
    // Searches one after the other: passages are numbered as they come, and the same question gets the same numbers.
    // Recordings are compared twice at most: those before the session's, and all. Any other tool is called once.
    const calls = name === SEARCH ? librarySearches(conversation) : name === COMPARE ? [{}, {}] : [{}];
    const about = calls[timesCalled];
    const given =
      tool === undefined || about === undefined
        ? null
        : argumentsFor(tool, name === FORGET ? forgettingFacts(conversation) : { ...facts, ...about });
    return given === null ? [] : [{ name, arguments: given }];
  });
}

function wantedTools(conversation: Conversation): string[] {
  const { told, question } = conversation;
  const isReplaced = told?.replaced !== undefined;
  // What takes the place of something is saved when that is gone.
  const before = isReplaced && isOffered(conversation, FORGET) ? toolsToForget(conversation) : [];
  if (before.length > 0) return before;
  const isUnclear = isReplaced && forgettingOf(conversation)?.type === "unclear";
  return [
    ...(told === null || isUnclear ? [] : ["update_user_context"]),
    ...(told !== null && question === "" ? [] : toolsForQuestion(conversation)),
  ];
}

/** What is remembered is looked at first: what is to be forgotten is named in its words. */
function toolsToForget(conversation: Conversation): string[] {
  if (knownContext(conversation) === null && !isCalled(conversation, "get_user_context"))
    return ["get_user_context"];
  const forgetting = forgettingOf(conversation);
  return isCalled(conversation, FORGET) || forgetting === null || forgetting.type === "unclear"
    ? []
    : [FORGET];
}

function toolsForQuestion(conversation: Conversation): string[] {
  const { question } = conversation;
  const intent = intentOf(question);
  const isOfPlaying = aspectOf(question) !== null || subjectOf(conversation).type !== "words";
  const wantsFindings = ["why", "next", "plan"].includes(intent) || (intent === "how_to" && isOfPlaying);
  if (wantsFindings && lacksFindings(conversation)) return ["get_performance_analysis"];
  switch (intent) {
    case "goals":
      return ["get_user_context"];
    case "forget":
      return toolsToForget(conversation);
    case "recordings":
      return ["list_recordings"];
    case "progress":
      return recordingsOfTurn(conversation) === null
        ? ["list_recordings"]
        : isCompared(conversation)
          ? []
          : [COMPARE];
    case "own_playing":
      if (knownAnalysis(conversation) !== null && !canBeAnalysed(conversation))
        return isToldByAnalysis(conversation) ? [] : [SEARCH];
      if (recordingInQuestion(conversation) !== null) return ["get_performance_analysis", "get_user_context"];
      // Who has no recording may still be told what the library has.
      return isCalled(conversation, "list_recordings") && ownQuestionIn(conversation.question) === null
        ? [SEARCH]
        : ["list_recordings", "get_user_context"];
    case "how_to":
    case "plan":
    case "body":
      return [SEARCH];
    case "next":
      return subjectOf(conversation).type === "nothing" ? [] : [SEARCH];
    case "repertoire":
      return [...(isCalled(conversation, "get_user_context") ? [] : ["get_user_context"]), SEARCH];
    case "why":
    case "how_to_forget":
    case "about_coach":
    case "small_talk":
    case "outside":
    case "unclear":
      return [];
  }
}

/** Whether nothing is known of what was found, for the instructions have no more than what comes first, and it can be read. */
function lacksFindings(conversation: Conversation): boolean {
  return (knownAnalysis(conversation)?.findings ?? []).length === 0 && canBeAnalysed(conversation);
}

/** Whether the analysis alone answers a question: only what is to be worked on wants the library. */
function isToldByAnalysis(conversation: Conversation): boolean {
  const asked = ownQuestionIn(conversation.question);
  if (asked?.type === "task") return subjectOf(conversation).type !== "words";
  return asked !== null && asked.type !== "playing" && !(asked.type === "unheard" && asked.what.isNear);
}

function isOffered({ tools }: Conversation, name: string): boolean {
  return tools.some((tool) => tool.name === name);
}

/** Whether an analysis can still be asked for in this turn. */
function canBeAnalysed(conversation: Conversation): boolean {
  return (
    isOffered(conversation, "get_performance_analysis") &&
    recordingInQuestion(conversation) !== null &&
    !isCalled(conversation, "get_performance_analysis")
  );
}

function recordingFacts(conversation: Conversation): KnownFacts {
  const recording_id = recordingInQuestion(conversation);
  const compared = recordingsToCompare(conversation);
  const ids = compared?.type === "these" ? compared.recordings.map(({ id }) => id).toReversed() : [];
  return {
    ...(recording_id === null ? {} : { recording_id }),
    ...(ids.length < 2 ? {} : { recording_ids: ids }),
  };
}

function toldFacts({ told }: Conversation): KnownFacts {
  const { goals, constraints, experience_level } = told ?? {};
  return {
    ...(goals === undefined ? {} : { goals: [goals] }),
    ...(constraints === undefined ? {} : { constraints: [constraints] }),
    ...(experience_level === undefined ? {} : { experience_level }),
  };
}
