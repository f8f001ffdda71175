import type { KnownFacts } from "./arguments.ts";
import { answersBefore, type Conversation, knownContext, passagesOf, searchesOf } from "./conversation.ts";
import { wordsFor } from "./dimensions.ts";
import type { Wanted } from "./explanation.ts";
import { intentOf, pointsBack } from "./intent.ts";
import { keyIn, withoutKey } from "./language/keys.ts";
import { otherNames } from "./language/same-word.ts";
import { topicWords } from "./language/topic.ts";
import { contentWords } from "./language/words.ts";
import { bestTitle } from "./quotation/fit.ts";
import { levelIn } from "./quotation/level.ts";
import { subjectOf, textOf, wantedOf, warningSigns } from "./subject.ts";
import type { Passage } from "./tool-results.ts";

/** Longest question that goes into a search, in characters: the rest is rarely what is looked for. */
const MAX_QUERY = 300;

/*
 * What the library is asked for besides a question's own words, since passages that say what to do have these: a search
 * gives the passage of a document that is nearest, with them it's mostly another one.
 */
const WORDS_OF_EXERCISES = "exercises, minutes";
/*
 * What documents begin with, which say what a thing is. Of 61 documents, every third that isn't on a piece or a composer, these
 * find the beginning of 48 by their topic and title; "exercises, minutes" did of 31.
 */
const WORDS_OF_EXPLANATIONS = "piano strings, keys, sound, players found";
const WORDS_OF_DEFINITIONS = "glossary";
const WORDS_OF_PLANS = "warm-up, aim, timer";
const WORDS_OF_RELIEF = "first aid: stop, rest, doctor";
const WORDS_OF_WARNING = "numbness, tingling, swelling: stop and see a doctor";

/**
 * The same besides a document's title. Of 69 documents, every second that isn't on a piece or a composer, these find a passage
 * with something to do in 49 cases; "exercises, minutes" did in 37.
 */
const WORDS_OF_STEPS = "step by step: first, then, each hand alone, four bars, tempo 60";

/** The tool that searches. */
export const SEARCH = "search_knowledge_base";

/** Searches for a question by which it is known what document is on it. */
const SEARCHES_BEFORE = 2;

/**
 * What is looked for in the library, a search each, one after the other: how the dimension is practised; a plan; which pieces
 * there are; or what the question is about, what is done about that, and what the document that fits best says of it.
 */
export function librarySearches(conversation: Conversation): KnownFacts[] {
  const subject = subjectOf(conversation);
  const { question } = conversation;
  switch (subject.type) {
    case "dimension":
      return practising(subject.dimension);
    case "cure":
    case "words": {
      const text = textOf(subject);
      const wanted = wantedOf(subject, conversation);
      return intentOf(question) === "repertoire"
        ? [{ query: queryOf(text) }, piecesFor(conversation)]
        : [
            { query: queryOf(text) },
            // What books call the same as a player finds a document by its own word.
            {
              query: [
                queryOf(withoutKey(text)),
                ...otherNames(topicWords(text)),
                besides(question, wanted),
              ].join(" "),
            },
            ...practising(subject.type === "cure" ? subject.aspect.dimension : "").slice(0, 1),
            ...readingOn(text, wanted, conversation),
          ];
    }
    case "nothing":
      if (intentOf(question) === "body") return readingOn(question, "relief", conversation);
      return [{ query: question.slice(0, MAX_QUERY).trim() }];
  }
}

/** Searches for how a dimension is practised: in all that is filed under it, and in the documents on the dimension itself. */
function practising(dimension: string): KnownFacts[] {
  if (dimension === "") return [];
  const query = `practising ${wordsFor(dimension)}`;
  return [
    { query, filters: { dimension } },
    { query: `${query} ${WORDS_OF_STEPS}`, filters: { dimension, document_type: "dimension" } },
  ];
}

function queryOf(text: string): string {
  return contentWords(text).join(" ").slice(0, MAX_QUERY);
}

function besides(question: string, wanted: Wanted): string {
  if (intentOf(question) === "plan") return WORDS_OF_PLANS;
  if (wanted === "relief") return WORDS_OF_RELIEF;
  if (wanted === "definition") return WORDS_OF_DEFINITIONS;
  return wanted === "exercise" ? WORDS_OF_EXERCISES : WORDS_OF_EXPLANATIONS;
}

/** Searches for more of the document whose title fits best: for what it says to do, or for what it explains. */
function readingOn(text: string, wanted: Wanted, conversation: Conversation): KnownFacts[] {
  const { question, thisTurn } = conversation;
  if (intentOf(question) === "plan") return [];
  if (intentOf(question) === "body")
    return [{ query: `${warningSigns(question).text}: ${WORDS_OF_WARNING}` }];
  const searches = searchesOf(thisTurn);
  const passages = passagesOf(searches.slice(0, SEARCHES_BEFORE));
  const cited = answersBefore(conversation);
  const isNamed = ({ title }: Passage) => cited.includes(`] ${title}`);
  // Whoever wants another exercise has had one of the document that fits best.
  const others = pointsBack(question) ? passages.filter((passage) => !isNamed(passage)) : passages;
  const title = bestTitle(others, text) ?? bestTitle(passages, text);
  if (title === null) return [];
  const more = wanted === "exercise" || wanted === "relief" ? WORDS_OF_STEPS : WORDS_OF_EXPLANATIONS;
  return [{ query: [title, keyIn(text) ?? [], more].flat().join(" ").slice(0, MAX_QUERY) }];
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
