import {
  answersBefore,
  type Conversation,
  knownContext,
  passagesOfTurn,
  searchesOf,
} from "../conversation.ts";
import { type Subject, textOf, wantedOf } from "../subject.ts";
import { type Quotation, quoteFrom } from "./quote.ts";
import type { Sought } from "./worth.ts";

/**
 * What the passages that were found say on a subject, as `quoteFrom` quotes it; null if they say nothing on it. Where all was said
 * before that the documents on a side of playing have, or nothing is on that, something is taken from what is filed under its
 * dimension.
 */
export function quoteOn(subject: Subject, conversation: Conversation): Quotation | null {
  if (subject.type === "nothing") return null;
  const passages = passagesOfTurn(conversation);
  const isOfPlaying = subject.type === "cure";
  const wanted = wantedOf(subject, conversation);
  const sought: Sought = {
    text: textOf(subject),
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
  if (onSubject?.isNew || !isOfPlaying) return onSubject;
  const near = conversation.thisTurn.filter(({ arguments: given }) => given.includes('"dimension":'));
  const more = quoteFrom(searchesOf(near).flat(), { ...sought, isWide: true, isToDo: true });
  return onSubject === null || more?.isNew ? more : onSubject;
}
