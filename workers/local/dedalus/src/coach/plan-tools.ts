import type { Tool } from "../wire/read-request.ts";
import type { WantedCall } from "../wire/reply.ts";
import { argumentsFor, type KnownFacts } from "./arguments.ts";
import {
  type Conversation,
  isCalled,
  knownAnalysis,
  recordingInQuestion,
  recordingsOfTurn,
} from "./conversation.ts";
import { wordsFor } from "./dimensions.ts";
import { intentOf, tellsOfPain } from "./intent.ts";
import { subjectOf } from "./subject.ts";
import { otherNames } from "./words.ts";

/** Rounds of tools after which the coach answers with what it has. */
const MAX_ROUNDS = 4;

/** Longest question that goes into a search, in characters: the rest is rarely what is looked for. */
const MAX_QUERY = 300;

/*
 * What the library is asked for besides a question's own words, since passages that say what to do have these: a search
 * gives the passage of a document that is nearest, with them it's mostly another one.
 */
const EXERCISES = "exercises, minutes";
const PLAN = "warm-up, aim, timer";
const RELIEF = "first aid: stop, rest, doctor";

const SEARCH = "search_knowledge_base";

/** The tools that are to be called next; none if the question can be answered, as well as it can be. */
export function planTools(conversation: Conversation): WantedCall[] {
  if (conversation.rounds >= MAX_ROUNDS) return [];
  const facts: KnownFacts = {
    ...recordingFacts(conversation),
    ...conversation.told,
  };
  return wantedTools(conversation).flatMap((name) => {
    const tool = conversation.tools.find((offered: Tool) => offered.name === name);
    const timesCalled = conversation.thisTurn.filter((called) => called.name === name).length;
    // Searches one after the other: passages are numbered as they come, and the same question gets the same numbers.
    const about = (name === SEARCH ? searchFacts(conversation) : [{}])[timesCalled];
    const given =
      tool === undefined || about === undefined ? null : argumentsFor(tool, { ...facts, ...about });
    return given === null ? [] : [{ name, arguments: given }];
  });
}

function wantedTools(conversation: Conversation): string[] {
  const { told, question } = conversation;
  return [
    ...(told === null ? [] : ["update_user_context"]),
    ...(told !== null && question === "" ? [] : toolsForQuestion(conversation)),
  ];
}

function toolsForQuestion(conversation: Conversation): string[] {
  switch (intentOf(conversation.question)) {
    case "goals":
      return ["get_user_context"];
    case "recordings":
      return ["list_recordings"];
    case "progress":
      return recordingsOfTurn(conversation) === null
        ? ["list_recordings", "compare_recordings"]
        : ["compare_recordings"];
    case "own_playing":
      if (knownAnalysis(conversation) !== null && !canBeAnalysed(conversation)) return [SEARCH];
      return recordingInQuestion(conversation) === null
        ? ["list_recordings", "get_user_context"]
        : ["get_performance_analysis", "get_user_context"];
    case "how_to":
      return subjectOf(conversation).type === "nothing" && canBeAnalysed(conversation)
        ? ["get_performance_analysis"]
        : [SEARCH];
    case "why":
      return knownAnalysis(conversation) === null && recordingInQuestion(conversation) !== null
        ? ["get_performance_analysis"]
        : [];
    case "next":
      return subjectOf(conversation).type === "nothing" ? [] : [SEARCH];
    case "plan":
      return knownAnalysis(conversation) === null && canBeAnalysed(conversation)
        ? ["get_performance_analysis", SEARCH]
        : [SEARCH];
    case "other":
      return [SEARCH];
    case "about_coach":
    case "small_talk":
    case "unclear":
      return [];
  }
}

/** Whether an analysis can still be asked for in this turn. */
function canBeAnalysed(conversation: Conversation): boolean {
  const isOffered = conversation.tools.some(({ name }) => name === "get_performance_analysis");
  return (
    isOffered &&
    recordingInQuestion(conversation) !== null &&
    !isCalled(conversation, "get_performance_analysis")
  );
}

function recordingFacts(conversation: Conversation): KnownFacts {
  const recordingId = recordingInQuestion(conversation);
  const listed = recordingsOfTurn(conversation);
  return {
    ...(recordingId === null ? {} : { recordingId }),
    ...(listed === null ? {} : { recordingIds: listed.map(({ id }) => id) }),
  };
}

/**
 * What is looked for in the library, a search each: how the dimension is practised, a plan, or what the question is about, and
 * what is done about that.
 */
function searchFacts(conversation: Conversation): KnownFacts[] {
  const subject = subjectOf(conversation);
  const { question } = conversation;
  switch (subject.type) {
    case "dimension":
      return [{ query: `practising ${wordsFor(subject.dimension)}`, dimension: subject.dimension }];
    case "words": {
      const query = subject.query.slice(0, MAX_QUERY);
      // A document's own word is found more surely than a player's.
      const names = otherNames(subject.words).map((name) => ` ${name}`);
      return [{ query }, { query: `${query}${names.join("")} ${besides(question)}` }];
    }
    case "nothing":
      return [{ query: question.slice(0, MAX_QUERY).trim() }];
  }
}

function besides(question: string): string {
  if (intentOf(question) === "plan") return PLAN;
  return tellsOfPain(question) ? RELIEF : EXERCISES;
}
