import {
  answersBefore,
  type Conversation,
  knownContext,
  passagesOfTurn,
  titlesFiled,
} from "../conversation.ts";
import { type Subject, textOf, wantedOf } from "../subject.ts";
import { type Quotation, quoteFrom } from "./quote.ts";
import type { Sought } from "./worth.ts";

/**
 * What the passages that were found say on a subject, as `quoteFrom` quotes it; null if they say nothing on it. Where all was said
 * before that the documents on the subject have, something new is taken from the others that are filed under it, if there is; on a
 * side of playing, or where nothing is on that, from what is filed under its dimension.
 */
export function quoteOn(subject: Subject, conversation: Conversation): Quotation | null {
  if (subject.type === "nothing") return null;
  const passages = passagesOfTurn(conversation);
  const isOfPlaying = subject.type === "cure";
  const filed = titlesFiled(conversation.thisTurn, "topic");
  const wanted = wantedOf(subject, conversation);
  const sought: Sought = {
    text: textOf(subject),
    filed,
    wanted,
    isToDo: isOfPlaying,
    opposite: isOfPlaying ? subject.aspect.opposite : undefined,
    level: knownContext(conversation)?.experience_level ?? "",
    // What a thing is remains what it is.
    said: wanted === "definition" ? "" : answersBefore(conversation),
    // What was searched for is how the dimension is practised.
    isWide: subject.type === "dimension",
  };
  const onSubject = quoteFrom(passages, sought);
  if (onSubject?.isNew || wanted !== "exercise" || (onSubject === null && !isOfPlaying)) return onSubject;
  const near = isOfPlaying ? titlesFiled(conversation.thisTurn, "dimension") : filed;
  const others = passages.filter(({ title }) => near.has(title));
  const more = quoteFrom(others, { ...sought, isWide: true, isToDo: true });
  return onSubject === null || more?.isNew ? more : onSubject;
}
