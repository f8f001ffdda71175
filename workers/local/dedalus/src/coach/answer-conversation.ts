import type { CompletionRequest } from "../wire/read-request.ts";
import type { Reply } from "../wire/reply.ts";
import { answerDontKnow, answerSmallTalk, askWhichRecording } from "./answers/dont-know.ts";
import { exerciseFrom } from "./answers/exercise.ts";
import { answerOwnPlaying } from "./answers/own-playing.ts";
import { answerProgress } from "./answers/progress.ts";
import { answerGoals, answerRecordings, answerTold } from "./answers/remembered.ts";
import { type Conversation, passagesOfTurn, readConversation, recordingInQuestion } from "./conversation.ts";
import { wordsFor } from "./dimensions.ts";
import { answerInForm } from "./in-form.ts";
import { intentOf, pointsBack } from "./intent.ts";
import { dimensionInQuestion, planTools } from "./plan-tools.ts";
import { summarise, titleFor } from "./shorten.ts";
import { topicWords } from "./words.ts";

/** Instructions that begin with what is wanted; a coach's may mention titles and summaries too. */
const ASKS_FOR_TITLE = /^[^.\n]{0,80}\btitle\b/i;
const ASKS_FOR_SUMMARY = /^\s*(please )?(summari[sz]e|write a summary|give a summary)\b/i;

/**
 * The extractive coach: it chooses tools by rules over the question, and says nothing but what they returned, or that it
 * doesn't know. The same conversation gets the same answer.
 */
export function answerConversation(request: CompletionRequest): Reply {
  const format = request.response_format;
  if (format?.type === "json_schema")
    return { type: "text", text: answerInForm(request.messages, format.json_schema.schema) };
  const conversation = readConversation(request);
  if (conversation.tools.length === 0) {
    if (ASKS_FOR_TITLE.test(conversation.instructions))
      return { type: "text", text: titleFor(conversation.question) };
    if (ASKS_FOR_SUMMARY.test(conversation.instructions))
      return { type: "text", text: summarise(request.messages) };
  }
  const calls = planTools(conversation);
  return calls.length > 0 ? { type: "calls", calls } : { type: "text", text: answerOf(conversation) };
}

function answerOf(conversation: Conversation): string {
  switch (intentOf(conversation.question)) {
    case "tell":
      return answerTold(conversation) ?? answerDontKnow(conversation);
    case "goals":
      return answerGoals(conversation) ?? answerDontKnow(conversation);
    case "recordings":
      return answerRecordings(conversation) ?? answerDontKnow(conversation);
    case "progress":
      return answerProgress(conversation) ?? answerDontKnow(conversation);
    case "own_playing":
      return (
        answerOwnPlaying(conversation) ??
        answerHowTo(conversation) ??
        (recordingInQuestion(conversation) === null ? askWhichRecording() : answerDontKnow(conversation))
      );
    case "small_talk":
      return answerSmallTalk();
    case "how_to":
    case "other":
      return answerHowTo(conversation) ?? answerDontKnow(conversation);
  }
}

/** Words of a question that a passage must have, so that the library answers this question and not the nearest it knows. */
const NEEDED_WORDS = 2;

/** What the library says to do; null if it has nothing on the question. */
function answerHowTo(conversation: Conversation): string | null {
  const { question } = conversation;
  const passages = passagesOfTurn(conversation);
  const dimension = pointsBack(question) ? dimensionInQuestion(conversation) : null;
  if (dimension !== null) {
    const exercise = exerciseFrom(passages, topicWords(wordsFor(dimension)), 0);
    return exercise === null ? null : `For ${wordsFor(dimension)}, the library says: ${exercise}`;
  }
  const words = [...new Set(topicWords(question))];
  const exercise =
    words.length === 0 ? null : exerciseFrom(passages, words, Math.min(NEEDED_WORDS, words.length));
  return exercise === null ? null : `The library says: ${exercise}`;
}
