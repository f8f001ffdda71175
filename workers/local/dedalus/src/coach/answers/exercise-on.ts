import { type Conversation, exchangesBefore, knownContext, passagesOfTurn } from "../conversation.ts";
import { keywordsFor } from "../dimensions.ts";
import { tellsOfPain, wantsExplanation } from "../intent.ts";
import type { Subject } from "../subject.ts";
import { contentWords, tellingWords } from "../words.ts";
import { exerciseFrom, type Quotation, type Sought } from "./exercise.ts";

/** What the passages that were found say on a subject, as `exerciseFrom` quotes it; null if they say nothing on it. */
export function exerciseOn(subject: Subject, conversation: Conversation): Quotation | null {
  if (subject.type === "nothing") return null;
  const ofDimension = subject.type === "dimension";
  const words = ofDimension ? keywordsFor(subject.dimension) : subject.words;
  return exerciseFrom(passagesOfTurn(conversation), {
    words,
    titleWords: ofDimension ? words : tellingWords(contentWords(subject.query)),
    // What was searched for is how the dimension is practised.
    isAnyGood: ofDimension,
    wanted: ofDimension ? "exercise" : wantedBy(conversation.question),
    level: knownContext(conversation)?.experience_level ?? "",
    said: exchangesBefore(conversation)
      .map(({ answer }) => answer)
      .join("\n"),
  });
}

function wantedBy(question: string): Sought["wanted"] {
  if (tellsOfPain(question)) return "relief";
  return wantsExplanation(question) ? "explanation" : "exercise";
}
