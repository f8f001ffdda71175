import {
  type Conversation,
  exchangesBefore,
  knownContext,
  passagesOfTurn,
  titlesFiled,
} from "../conversation.ts";
import { keywordsFor } from "../dimensions.ts";
import { tellsOfPain, wantsDefinition, wantsExplanation } from "../intent.ts";
import type { Subject } from "../subject.ts";
import { type Quotation, quoteFrom } from "./quote.ts";
import type { Sought } from "./worth.ts";

/** What the passages that were found say on a subject, as `quoteFrom` quotes it; null if they say nothing on it. */
export function quoteOn(subject: Subject, conversation: Conversation): Quotation | null {
  if (subject.type === "nothing") return null;
  const ofDimension = subject.type === "dimension";
  return quoteFrom(passagesOfTurn(conversation), {
    text: ofDimension ? keywordsFor(subject.dimension).join(" ") : subject.text,
    // What was searched for is how the dimension is practised.
    isAnyGood: ofDimension,
    filed: titlesFiled(conversation.thisTurn),
    wanted: ofDimension ? "exercise" : wantedBy(conversation.question),
    level: knownContext(conversation)?.experience_level ?? "",
    said: exchangesBefore(conversation)
      .map(({ answer }) => answer)
      .join("\n"),
  });
}

function wantedBy(question: string): Sought["wanted"] {
  if (tellsOfPain(question)) return "relief";
  if (!wantsExplanation(question)) return "exercise";
  return wantsDefinition(question) ? "definition" : "explanation";
}
