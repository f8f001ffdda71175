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
import { spokenDimension, weakestDimension, wordsFor } from "./dimensions.ts";
import { intentOf, pointsBack, toldFacts } from "./intent.ts";
import { topicWords } from "./words.ts";

/** Rounds of tools after which the coach answers with what it has. */
const MAX_ROUNDS = 4;

/** Longest question that goes into a search, in characters: the rest is rarely what is looked for. */
const MAX_QUERY = 300;

/** The tools that are to be called next; none if the question can be answered, as well as it can be. */
export function planTools(conversation: Conversation): WantedCall[] {
  if (conversation.rounds >= MAX_ROUNDS) return [];
  const facts: KnownFacts = {
    query: queryOf(conversation),
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
      return pointsBack(question) &&
        knownAnalysis(conversation) === null &&
        recordingInQuestion(conversation) !== null &&
        canBeAnalysed(conversation)
        ? ["get_performance_analysis"]
        : ["search_knowledge_base"];
    case "small_talk":
      return [];
    case "other":
      return topicWords(question).length === 0 ? [] : ["search_knowledge_base"];
  }
}

/** Whether an analysis can still be asked for in this turn. */
function canBeAnalysed(conversation: Conversation): boolean {
  const isOffered = conversation.tools.some(({ name }) => name === "get_performance_analysis");
  return isOffered && !isCalled(conversation, "get_performance_analysis");
}

function recordingFacts(conversation: Conversation): KnownFacts {
  const recordingId = recordingInQuestion(conversation);
  const listed = recordingsOfTurn(conversation);
  return {
    ...(recordingId === null ? {} : { recordingId }),
    ...(listed === null ? {} : { recordingIds: listed.map(({ id }) => id) }),
  };
}

/** What is looked for in the library: the question, with the weakest dimension where it is about that or points back at it. */
function queryOf(conversation: Conversation): string {
  const question = conversation.question.slice(0, MAX_QUERY).trim();
  const isAboutPlaying = intentOf(question) === "own_playing" || pointsBack(question);
  const dimension = isAboutPlaying ? dimensionInQuestion(conversation) : null;
  return dimension === null ? question : `${question} ${wordsFor(dimension)}`;
}

/** The dimension that the question names, else the weakest that the conversation knows of. */
export function dimensionInQuestion(conversation: Conversation): string | null {
  const analysis = knownAnalysis(conversation);
  const spoken = spokenDimension(conversation.question);
  if (spoken !== null && (analysis === null || spoken in analysis.dimensions)) return spoken;
  if (analysis !== null) return weakestDimension(analysis);
  const said = conversation.messages.findLast(
    (message) => message.role === "assistant" && message.content !== null,
  );
  return spokenDimension(said?.content ?? "");
}
