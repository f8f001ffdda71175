import type { Conversation } from "../conversation.ts";
import { quoteOn } from "../quotation/quote-on.ts";
import { subjectOf, warningSigns } from "../subject.ts";

const SEE_A_DOCTOR =
  "What it is, and what to take for it, I can't tell you: stop playing what brings it on, and show it to a doctor, soon if it " +
  "is numb, tingles, is weak or swollen, or goes on after you have stopped.";

/**
 * For who tells of pain or of what may come of it, whatever else they ask: what helps first, in the library's words, on their
 * trouble or on the warning signs of any; and to see a doctor.
 */
export function answerBody(conversation: Conversation): string {
  const quotation =
    quoteOn(subjectOf(conversation), conversation) ??
    quoteOn(warningSigns(conversation.question), conversation);
  return quotation === null
    ? SEE_A_DOCTOR
    : [SEE_A_DOCTOR, `The library says: ${quotation.text}`].join("\n\n");
}
