import type { Tool } from "../wire/read-request.ts";
import type { WantedCall } from "../wire/reply.ts";
import { argumentsFor, type KnownFacts } from "./arguments.ts";
import {
  type Conversation,
  exchangesBefore,
  isCalled,
  knownAnalysis,
  knownContext,
  passagesOf,
  recordingInQuestion,
  recordingsOfTurn,
  searchesOf,
} from "./conversation.ts";
import { wordsFor } from "./dimensions.ts";
import { intentOf, pointsBack, tellsOfPain, wantsExplanation } from "./intent.ts";
import { withoutKey } from "./language/keys.ts";
import { otherNames } from "./language/same-word.ts";
import { topicWords } from "./language/topic.ts";
import { topicsNamed } from "./language/topics-filed.ts";
import { contentWords } from "./language/words.ts";
import { ownQuestionIn } from "./own-questions/own-question.ts";
import { bestTitle } from "./quotation/fit.ts";
import { levelIn } from "./quotation/level.ts";
import { quoteOn } from "./quotation/quote-on.ts";
import { isCompared, recordingsToCompare } from "./recordings-named.ts";
import { subjectOf, warningSigns } from "./subject.ts";
import type { Passage } from "./tool-results.ts";
import { forgettingFacts, forgettingOf } from "./what-to-forget.ts";

/** Rounds of tools after which the coach answers with what it has. */
const MAX_ROUNDS = 4;

/** Longest question that goes into a search, in characters: the rest is rarely what is looked for. */
const MAX_QUERY = 300;

/*
 * What the library is asked for besides a question's own words, since passages that say what to do have these: a search
 * gives the passage of a document that is nearest, with them it's mostly another one.
 */
const WORDS_OF_EXERCISES = "exercises, minutes";
const WORDS_OF_PLANS = "warm-up, aim, timer";
const WORDS_OF_RELIEF = "first aid: stop, rest, doctor";
const WORDS_OF_WARNING = "numbness, tingling, swelling: stop and see a doctor";

/**
 * The same besides a document's title. Of 69 documents, every second that isn't on a piece or a composer, these find a passage
 * with something to do in 49 cases; "exercises, minutes" did in 37.
 */
const WORDS_OF_STEPS = "step by step: first, then, each hand alone, four bars, tempo 60";

/** Searches for a question by which it is known what document is on it. */
const SEARCHES_BEFORE = 2;

const SEARCH = "search_knowledge_base";
const COMPARE = "compare_recordings";
const FORGET = "forget_user_context";

/** The tools that are to be called next; none if the question can be answered, as well as it can be. */
export function planTools(conversation: Conversation): WantedCall[] {
  if (conversation.rounds >= MAX_ROUNDS) return [];
  const facts: KnownFacts = {
    ...recordingFacts(conversation),
    ...conversation.told,
    ...forgettingFacts(conversation),
  };
  return wantedTools(conversation).flatMap((name) => {
    const tool = conversation.tools.find((offered: Tool) => offered.name === name);
    const timesCalled = conversation.thisTurn.filter((called) => called.name === name).length;
    // Searches one after the other: passages are numbered as they come, and the same question gets the same numbers.
    // Recordings are compared twice at most: those before the session's, and all. Any other tool is called once.
    const calls = name === SEARCH ? searchFacts(conversation) : name === COMPARE ? [{}, {}] : [{}];
    const about = calls[timesCalled];
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
    case "forget":
      // What is remembered is looked at first: what is to be forgotten is named in its words.
      if (knownContext(conversation) === null && !isCalled(conversation, "get_user_context"))
        return ["get_user_context"];
      return isCalled(conversation, FORGET) || forgettingOf(conversation)?.type === "unclear" ? [] : [FORGET];
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
    case "repertoire":
      return [...(isCalled(conversation, "get_user_context") ? [] : ["get_user_context"]), SEARCH];
    case "plan":
      return knownAnalysis(conversation) === null && canBeAnalysed(conversation)
        ? ["get_performance_analysis", SEARCH]
        : [SEARCH];
    case "other":
      return [SEARCH];
    case "body":
      return [SEARCH];
    case "how_to_forget":
    case "about_coach":
    case "small_talk":
    case "outside":
    case "unclear":
      return [];
  }
}

/** Whether the analysis alone answers a question: only what is to be worked on wants the library. */
function isToldByAnalysis({ question }: Conversation): boolean {
  const asked = ownQuestionIn(question);
  return (
    asked !== null &&
    asked.type !== "aspect" &&
    asked.type !== "dimension" &&
    !(asked.type === "unheard" && asked.what.isNear)
  );
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
  const compared = recordingsToCompare(conversation);
  return {
    ...(recordingId === null ? {} : { recordingId }),
    ...(compared?.type === "these" ? { recordingIds: compared.recordings.map(({ id }) => id) } : {}),
  };
}

/**
 * What is looked for in the library, a search each, one after the other: how the dimension is practised; a plan; which pieces
 * there are; or what the question is about, what is done about that, and what the document that fits best says of it.
 */
function searchFacts(conversation: Conversation): KnownFacts[] {
  const subject = subjectOf(conversation);
  const { question } = conversation;
  switch (subject.type) {
    case "dimension":
      return practising(subject.dimension, conversation);
    case "words":
      return intentOf(question) === "repertoire"
        ? [{ query: queryOf(subject.text) }, piecesFor(conversation)]
        : [
            { query: queryOf(subject.text) },
            {
              query: `${queryOf(withoutKey(subject.text))}${namesBesides(subject.text)} ${besides(question)}`,
            },
            ...readingOn(subject.text, conversation),
          ];
    case "nothing":
      if (intentOf(question) === "body") return readingOn(question, conversation);
      return [{ query: question.slice(0, MAX_QUERY).trim() }];
  }
}

/**
 * Searches for how a dimension is practised: in all that is filed under it, and in the documents on the dimension itself; where
 * that was all said before, in those on technique and on practising that are filed under it.
 */
function practising(dimension: string, conversation: Conversation): KnownFacts[] {
  const query = `practising ${wordsFor(dimension)}`;
  const isAllSaid = quoteOn({ type: "dimension", dimension }, conversation)?.isNew === false;
  const more = `${query} ${WORDS_OF_EXERCISES}`;
  return [
    { query, filters: { dimension } },
    { query: `${query} ${WORDS_OF_STEPS}`, filters: { dimension, document_type: "dimension" } },
    ...(isAllSaid
      ? ["technique", "practice"].map((document_type) => ({
          query: more,
          filters: { dimension, document_type },
        }))
      : []),
  ];
}

function queryOf(text: string): string {
  return contentWords(text).join(" ").slice(0, MAX_QUERY);
}

/** What books call the same as a player: a document's own word is found more surely. */
function namesBesides(text: string): string {
  return otherNames(topicWords(text))
    .map((name) => ` ${name}`)
    .join("");
}

function besides(question: string): string {
  if (intentOf(question) === "plan") return WORDS_OF_PLANS;
  return tellsOfPain(question) ? WORDS_OF_RELIEF : WORDS_OF_EXERCISES;
}

/**
 * Searches for more of the document whose title fits best. First among what is filed under the question's topic, since there a
 * search gives more than one passage of a document; then for what it says to do, where that is wanted, else under what else the
 * topic may be filed, if nothing was found.
 */
function readingOn(text: string, conversation: Conversation): KnownFacts[] {
  const { question, thisTurn } = conversation;
  if (intentOf(question) === "plan") return [];
  if (intentOf(question) === "body")
    return [{ query: `${warningSigns(question).text}: ${WORDS_OF_WARNING}` }];
  const searches = searchesOf(thisTurn);
  const passages = passagesOf(searches.slice(0, SEARCHES_BEFORE));
  const cited = exchangesBefore(conversation)
    .map(({ answer }) => answer)
    .join("\n");
  const isNamed = ({ title }: Passage) => cited.includes(`] ${title}`);
  // Whoever wants another exercise has had one of the document that fits best.
  const others = pointsBack(question) ? passages.filter((passage) => !isNamed(passage)) : passages;
  const title = bestTitle(others, text) ?? bestTitle(passages, text);
  const asked = queryOf(withoutKey(text));
  const isToDo = !wantsExplanation(question);
  const query = isToDo ? `${title ?? asked} ${WORDS_OF_STEPS}`.slice(0, MAX_QUERY) : asked;
  const [first, other] = topicsNamed(text, title).map((topic) => ({ query, filters: { topic } }));
  const isFiled = (searches[SEARCHES_BEFORE]?.length ?? 0) > 0;
  const second = isToDo ? (title === null ? undefined : { query }) : isFiled ? undefined : other;
  return [first, second].flatMap((facts) => facts ?? []);
}

/** Guides to pieces: of the level, and by the words, that the question has. */
function piecesFor(conversation: Conversation): KnownFacts {
  const { question } = conversation;
  const level = levelIn(question) ?? levelIn(knownContext(conversation)?.experience_level ?? "");
  return {
    query:
      topicWords(question)
        .filter((word) => levelIn(word) === null)
        .join(" ") || "first piece to learn",
    filters: { document_type: "piece", ...(level === null ? {} : { level }) },
  };
}
