import type { Conversation } from "../conversation.ts";
import { ofPriority, subjectOf, textOf } from "../subject.ts";
import type { Analysis } from "../tool-results.ts";
import { taskText } from "./analysis-text.ts";

/** How long, how, and until when what was spoken of is to be practised, as the analysis proposes it; null if it doesn't. */
export function answerTask({ priorities, practice }: Analysis, conversation: Conversation): string | null {
  const about = textOf(subjectOf(conversation));
  const at = priorities.findIndex((priority) => textOf(ofPriority(priority, conversation)) === about);
  const task = practice[at];
  return task === undefined
    ? null
    : `${priorities[at]}\n\n${task.minutes} minutes of a day's practice: ${taskText(task)}`;
}
