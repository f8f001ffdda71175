import type { CompletionRequest } from "../wire/read-request.ts";
import type { Reply } from "../wire/reply.ts";
import {
  ABOUT_COACH,
  answerDontKnow,
  answerSmallTalk,
  askWhatIsMeant,
  couldNotLook,
  WHICH_RECORDING,
} from "./answers/dont-know.ts";
import { answerBody, answerHowTo, answerRepertoire } from "./answers/from-library.ts";
import { answerNext, answerOwnPlaying, answerWhy } from "./answers/own-playing.ts";
import { answerPlan } from "./answers/plan.ts";
import { answerProgress } from "./answers/progress.ts";
import {
  answerForgotten,
  answerGoals,
  answerRecordings,
  answerTold,
  HOW_TO_DELETE,
  HOW_TO_FORGET,
} from "./answers/remembered.ts";
import { type Conversation, readConversation, recordingInQuestion } from "./conversation.ts";
import { answerInForm } from "./in-form.ts";
import { type Intent, intentOf } from "./intent.ts";
import { isOfRecording, planTools } from "./plan-tools.ts";
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
  const told = conversation.told === null ? null : answerTold(conversation);
  if (conversation.told !== null && conversation.question === "") return told ?? answerDontKnow(conversation);
  const answer = ANSWERS[intentOf(conversation.question)](conversation);
  if (told === null) return answer ?? answerDontKnow(conversation);
  // A remark beside what is told needs no answer, if there is none.
  const asks = conversation.question.includes("?") || couldNotLook(conversation);
  const rest = answer ?? (asks ? answerDontKnow(conversation) : null);
  return rest === null ? told : `${told}\n\n${rest}`;
}

/** The answer to each of them; null if neither the tools nor the library say anything about it. */
const ANSWERS: Readonly<Record<Intent, (conversation: Conversation) => string | null>> = {
  body: answerBody,
  goals: answerGoals,
  forget: answerForgotten,
  how_to_forget: () => HOW_TO_FORGET,
  how_to_delete: () => HOW_TO_DELETE,
  recordings: answerRecordings,
  progress: answerProgress,
  own_playing: (conversation) =>
    answerOwnPlaying(conversation) ??
    (isOfRecording(conversation.question) ? null : answerHowTo(conversation)) ??
    (recordingInQuestion(conversation) === null ? WHICH_RECORDING : null),
  why: answerWhy,
  next: (conversation) => answerNext(conversation) ?? askWhatIsMeant(conversation),
  plan: answerPlan,
  repertoire: answerRepertoire,
  how_to: answerHowTo,
  about_coach: () => ABOUT_COACH,
  small_talk: answerSmallTalk,
  outside: () => null,
  unclear: askWhatIsMeant,
};
