import type { KnownFacts } from "./arguments.ts";
import { answersBefore, type Conversation, knownContext, passagesOf, searchesOf } from "./conversation.ts";
import { wordsFor } from "./dimensions.ts";
import { intentOf, pointsBack } from "./intent.ts";
import { keyIn, withoutKey } from "./language/keys.ts";
import { otherNames } from "./language/same-word.ts";
import { topicWords } from "./language/topic.ts";
import { contentWords } from "./language/words.ts";
import { bestTitle } from "./quotation/fit.ts";
import { levelIn } from "./quotation/level.ts";
import { subjectOf, wantedOf, warningSigns } from "./subject.ts";

/** Longest question that goes into a search, in characters: the rest is rarely what is looked for. */
const MAX_QUERY = 300;

/*
 * Of 69 documents, every second that isn't on a piece or a composer, these besides the title find a passage with something to do
 * in 49 cases; "exercises, minutes" did in 37. And what documents begin with, which say what a thing is: of 61 documents the
 * second find the beginning of 48; "exercises, minutes" did of 31.
 */
const STEPS = "step by step: first, then, each hand alone, four bars, tempo 60";
const BEGINNINGS = "piano strings, keys, sound, players found";

/**
 * What the library is asked for besides a question's own words, and besides the title that fits best, since passages that say
 * what is wanted have these: a search gives the passage of a document that is nearest, with them it's mostly another one.
 */
const WORDS = {
  exercise: { also: "exercises, minutes", more: STEPS },
  explanation: { also: BEGINNINGS, more: BEGINNINGS },
  definition: { also: "glossary", more: BEGINNINGS },
  relief: { also: "first aid: stop, rest, doctor", more: STEPS },
};
const WORDS_OF_PLANS = "warm-up, aim, timer";
const WORDS_OF_WARNING = "numbness, tingling, swelling: stop and see a doctor";

/** The tool that searches. */
export const SEARCH = "search_knowledge_base";

/** Searches for a question by which it is known what document is on it. */
const SEARCHES_BEFORE = 2;

/**
 * What is looked for in the library, a search each, one after the other: how the dimension is practised; a plan; which pieces
 * there are; or what the question is about, what is done about that, and what the document that fits best says of it.
 */
export function librarySearches(conversation: Conversation): KnownFacts[] {
  const { question } = conversation;
  const subject = subjectOf(conversation);
  const { text } = subject;
  const intent = intentOf(question);
  const warning = { query: `${warningSigns(question).text}: ${WORDS_OF_WARNING}` };
  if (subject.type === "dimension") return practising(subject.dimension);
  if (subject.type === "nothing")
    return [intent === "body" ? warning : { query: question.slice(0, MAX_QUERY).trim() }];
  const own = queryOf(text);
  if (intent === "repertoire") return [{ query: own }, piecesFor(conversation)];
  const { also } = WORDS[wantedOf(subject, conversation)];
  // What books call the same as a player finds a document by its own word.
  const others = [queryOf(withoutKey(text)), ...otherNames(topicWords(text))];
  return [
    { query: own },
    { query: [...others, intent === "plan" ? WORDS_OF_PLANS : also].join(" ") },
    ...(subject.type === "cure" ? practising(subject.aspect.dimension).slice(0, 1) : []),
    ...(intent === "body" ? [warning] : intent === "plan" ? [] : readingOn(text, conversation)),
  ];
}

/** Searches for how a dimension is practised: in all that is filed under it, and in the documents on the dimension itself. */
function practising(dimension: string): KnownFacts[] {
  if (dimension === "") return [];
  const query = `practising ${wordsFor(dimension)}`;
  return [
    { query, filters: { dimension } },
    { query: `${query} ${STEPS}`, filters: { dimension, document_type: "dimension" } },
  ];
}

function queryOf(text: string): string {
  return contentWords(text).join(" ").slice(0, MAX_QUERY);
}

/** A search for more of the document whose title fits best: for what it says to do, or for what it explains. */
function readingOn(text: string, conversation: Conversation): KnownFacts[] {
  const passages = passagesOf(searchesOf(conversation.thisTurn).slice(0, SEARCHES_BEFORE));
  const cited = answersBefore(conversation);
  // Whoever wants another exercise has had one of the document that fits best.
  const others = passages.filter(
    ({ title }) => !pointsBack(conversation.question) || !cited.includes(`] ${title}`),
  );
  const title = bestTitle(others, text) ?? bestTitle(passages, text);
  const { more } = WORDS[wantedOf(subjectOf(conversation), conversation)];
  return title === null
    ? []
    : [{ query: [title, keyIn(text) ?? [], more].flat().join(" ").slice(0, MAX_QUERY) }];
}

/** Guides to pieces: of the level, and by the words, that the question has. */
function piecesFor(conversation: Conversation): KnownFacts {
  const { question } = conversation;
  const level = levelIn(question) ?? levelIn(knownContext(conversation)?.experience_level ?? "");
  const words = topicWords(question).filter((word) => levelIn(word) === null);
  return {
    query: words.join(" ") || "first piece to learn",
    filters: { document_type: "piece", ...(level === null ? {} : { level }) },
  };
}
