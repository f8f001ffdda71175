import {
  answersBefore,
  type Conversation,
  knownContext,
  passagesOfTurn,
  titlesFiled,
} from "../conversation.ts";
import { keywordsFor } from "../dimensions.ts";
import { wantsDefinition, wantsExplanation } from "../explanation.ts";
import { tellsOfPain } from "../pain.ts";
import type { Subject } from "../subject.ts";
import { type Quotation, quoteFrom } from "./quote.ts";
import type { Sought } from "./worth.ts";

/**
 * What the passages that were found say on a subject, as `quoteFrom` quotes it; null if they say nothing on it. Where all was said
 * before that the documents on the subject have, something new is taken from the others that are filed under it, if there is.
 */
export function quoteOn(subject: Subject, conversation: Conversation): Quotation | null {
  if (subject.type === "nothing") return null;
  const ofDimension = subject.type === "dimension";
  const passages = passagesOfTurn(conversation);
  const filed = titlesFiled(conversation.thisTurn);
  const wanted = ofDimension ? "exercise" : wantedBy(conversation.question);
  const sought: Sought = {
    text: ofDimension ? keywordsFor(subject.dimension).join(" ") : subject.text,
    // What was searched for is how the dimension is practised.
    isAnyGood: ofDimension,
    filed,
    wanted,
    level: knownContext(conversation)?.experience_level ?? "",
    // What a thing is remains what it is.
    said: wanted === "definition" ? "" : answersBefore(conversation),
  };
  const onSubject = quoteFrom(passages, sought);
  if (onSubject === null || onSubject.isNew || wanted !== "exercise") return onSubject;
  const others = ofDimension ? passages : passages.filter(({ title }) => filed.has(title));
  const more = quoteFrom(others, { ...sought, isAnyGood: true, isWide: true });
  return more?.isNew ? more : onSubject;
}

function wantedBy(question: string): Sought["wanted"] {
  if (tellsOfPain(question)) return "relief";
  if (!wantsExplanation(question)) return "exercise";
  return wantsDefinition(question) ? "definition" : "explanation";
}
