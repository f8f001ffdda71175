import type { CompletionRequest } from "../wire/read-request.ts";
import type { Reply } from "../wire/reply.ts";
import {
  answerAboutCoach,
  answerDontKnow,
  answerSmallTalk,
  askWhatIsMeant,
  askWhichRecording,
  isDontKnow,
} from "./answers/dont-know.ts";
import { exerciseOn } from "./answers/exercise-on.ts";
import { answerNext, answerOwnPlaying, answerWhy, heardOf } from "./answers/own-playing.ts";
import { answerPlan } from "./answers/plan.ts";
import { answerProgress } from "./answers/progress.ts";
import { answerGoals, answerRecordings, answerTold } from "./answers/remembered.ts";
import { type Conversation, readConversation, recordingInQuestion } from "./conversation.ts";
import { wordsFor } from "./dimensions.ts";
import { answerInForm } from "./in-form.ts";
import { intentOf } from "./intent.ts";
import { planTools } from "./plan-tools.ts";
import { subjectOf } from "./subject.ts";
import { summarise } from "./summarise.ts";

/** Instructions that begin with what is wanted; a coach's may mention summaries too. */
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
  if (conversation.tools.length === 0 && ASKS_FOR_SUMMARY.test(conversation.instructions))
    return { type: "text", text: summarise(request.messages) };
  const calls = planTools(conversation);
  return calls.length > 0 ? { type: "calls", calls } : { type: "text", text: answerOf(conversation) };
}

/** Confirms what was told, and answers what was asked besides. */
function answerOf(conversation: Conversation): string {
  if (conversation.told === null) return answerQuestion(conversation);
  const told = answerTold(conversation);
  if (conversation.question === "") return told ?? answerDontKnow(conversation);
  const answer = answerQuestion(conversation);
  return told === null || isDontKnow(answer) ? (told ?? answer) : `${told}\n\n${answer}`;
}

function answerQuestion(conversation: Conversation): string {
  switch (intentOf(conversation.question)) {
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
    case "plan":
      return answerPlan(conversation) ?? answerDontKnow(conversation);
    case "about_coach":
      return answerAboutCoach();
    case "small_talk":
      return answerSmallTalk(conversation);
    case "why":
      return answerWhy(conversation) ?? answerDontKnow(conversation);
    case "next":
      return answerNext(conversation) ?? askWhatIsMeant(conversation);
    case "unclear":
      return askWhatIsMeant(conversation);
    case "how_to":
    case "other":
      return answerHowTo(conversation) ?? answerDontKnow(conversation);
  }
}

/** What the library says; null if it has nothing on the question. */
function answerHowTo(conversation: Conversation): string | null {
  const subject = subjectOf(conversation);
  const exercise = exerciseOn(subject, conversation);
  if (exercise === null) return null;
  const heard = heardOf(conversation);
  const about = subject.type === "dimension" ? `For ${wordsFor(subject.dimension)}, the` : "The";
  const quoted = exercise.isNew
    ? `${about} library says: ${exercise.text}`
    : `${about} library has nothing else that I can find. Once more: ${exercise.text}`;
  return heard === null ? quoted : `${heard}\n\n${quoted}`;
}
