import { type Conversation, exchangesBefore, passagesOfTurn } from "../conversation.ts";
import { keywordsFor } from "../dimensions.ts";
import { wantsExplanation } from "../intent.ts";
import type { Subject } from "../subject.ts";
import { exerciseFrom, type Quotation } from "./exercise.ts";

/** What the passages that were found say on a subject, as `exerciseFrom` quotes it; null if they say nothing on it. */
export function exerciseOn(subject: Subject, conversation: Conversation): Quotation | null {
  if (subject.type === "nothing") return null;
  const ofDimension = subject.type === "dimension";
  return exerciseFrom(passagesOfTurn(conversation), {
    words: ofDimension ? keywordsFor(subject.dimension) : subject.words,
    // What was searched for is how the dimension is practised.
    isAnyGood: ofDimension,
    wanted: !ofDimension && wantsExplanation(conversation.question) ? "explanation" : "exercise",
    said: exchangesBefore(conversation)
      .map(({ answer }) => answer)
      .join("\n"),
  });
}
