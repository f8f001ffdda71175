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
import { intentOf } from "./intent.ts";
import { subjectOf } from "./subject.ts";
import { toldFacts } from "./told-facts.ts";

/** Rounds of tools after which the coach answers with what it has. */
const MAX_ROUNDS = 4;

/** Longest question that goes into a search, in characters: the rest is rarely what is looked for. */
const MAX_QUERY = 300;

/** The tools that are to be called next; none if the question can be answered, as well as it can be. */
export function planTools(conversation: Conversation): WantedCall[] {
  if (conversation.rounds >= MAX_ROUNDS) return [];
  const facts: KnownFacts = {
    ...searchFacts(conversation),
    ...recordingFacts(conversation),
    ...toldFacts(conversation.question),
  };
  return wantedTools(conversation).flatMap((name) => {
    const tool = conversation.tools.find((offered: Tool) => offered.name === name);
    const given = tool === undefined || isCalled(conversation, name) ? null : argumentsFor(tool, facts);
    return given === null ? [] : [{ name, arguments: given }];
  });
}

function wantedTools(conversation: Conversation): string[] {
  const { question } = conversation;
  switch (intentOf(question)) {
    case "tell":
      return ["update_user_context"];
    case "goals":
      return ["get_user_context"];
    case "recordings":
      return ["list_recordings"];
    case "progress":
      return recordingsOfTurn(conversation) === null
        ? ["list_recordings", "compare_recordings"]
        : ["compare_recordings"];
    case "own_playing":
      if (knownAnalysis(conversation) !== null && !canBeAnalysed(conversation))
        return ["search_knowledge_base"];
      return recordingInQuestion(conversation) === null
        ? ["list_recordings", "get_user_context"]
        : ["get_performance_analysis", "get_user_context"];
    case "how_to":
      return subjectOf(conversation).type === "nothing" && canBeAnalysed(conversation)
        ? ["get_performance_analysis"]
        : ["search_knowledge_base"];
    case "why":
      return knownAnalysis(conversation) === null && recordingInQuestion(conversation) !== null
        ? ["get_performance_analysis"]
        : [];
    case "next":
      return subjectOf(conversation).type === "nothing" ? [] : ["search_knowledge_base"];
    case "other":
      return ["search_knowledge_base"];
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

/** What is looked for in the library: how the dimension is practised, or what the question is about. */
function searchFacts(conversation: Conversation): KnownFacts {
  const subject = subjectOf(conversation);
  switch (subject.type) {
    case "dimension":
      return { query: `practising ${wordsFor(subject.dimension)}`, dimension: subject.dimension };
    case "words":
      return { query: subject.query.slice(0, MAX_QUERY) };
    case "nothing":
      return { query: conversation.question.slice(0, MAX_QUERY).trim() };
  }
}
