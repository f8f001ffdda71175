import type { CompletionRequest } from "../wire/read-request.ts";
import type { Reply } from "../wire/reply.ts";
import { answerBody } from "./answers/body.ts";
import {
  ABOUT_COACH,
  answerDontKnow,
  answerSmallTalk,
  askWhatIsMeant,
  couldNotLook,
  WHICH_RECORDING,
} from "./answers/dont-know.ts";
import { answerForgotten, HOW_TO_FORGET } from "./answers/forgotten.ts";
import { answerHowTo } from "./answers/how-to.ts";
import { answerNext, answerOwnPlaying, answerWhy } from "./answers/own-playing.ts";
import { answerPlan } from "./answers/plan.ts";
import { answerProgress } from "./answers/progress.ts";
import { answerGoals, answerRecordings, answerTold } from "./answers/remembered.ts";
import { answerRepertoire } from "./answers/repertoire.ts";
import { type Conversation, readConversation, recordingInQuestion } from "./conversation.ts";
import { answerInForm } from "./in-form.ts";
import { intentOf } from "./intent.ts";
import { ownQuestionIn } from "./own-questions/own-question.ts";
import { planTools } from "./plan-tools.ts";
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
  const answer = answerQuestion(conversation);
  if (told === null) return answer ?? answerDontKnow(conversation);
  // A remark beside what is told needs no answer, if there is none.
  const asks = conversation.question.includes("?") || couldNotLook(conversation);
  const rest = answer ?? (asks ? answerDontKnow(conversation) : null);
  return rest === null ? told : `${told}\n\n${rest}`;
}

/** The answer to the question; null if neither the tools nor the library say anything about it. */
function answerQuestion(conversation: Conversation): string | null {
  switch (intentOf(conversation.question)) {
    case "goals":
      return answerGoals(conversation);
    case "forget":
      return answerForgotten(conversation);
    case "how_to_forget":
      return HOW_TO_FORGET;
    case "recordings":
      return answerRecordings(conversation);
    case "progress":
      return answerProgress(conversation);
    case "own_playing":
      return (
        answerOwnPlaying(conversation) ??
        ([undefined, "task"].includes(ownQuestionIn(conversation.question)?.type)
          ? answerHowTo(conversation)
          : null) ??
        (recordingInQuestion(conversation) === null ? WHICH_RECORDING : null)
      );
    case "body":
      return answerBody(conversation);
    case "plan":
      return answerPlan(conversation);
    case "repertoire":
      return answerRepertoire(conversation);
    case "about_coach":
      return ABOUT_COACH;
    case "small_talk":
      return answerSmallTalk(conversation);
    case "why":
      return answerWhy(conversation);
    case "next":
      return answerNext(conversation) ?? askWhatIsMeant(conversation);
    case "outside":
      return null;
    case "unclear":
      return askWhatIsMeant(conversation);
    case "how_to":
      return answerHowTo(conversation);
  }
}
