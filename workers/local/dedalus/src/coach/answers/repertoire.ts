import { type Conversation, knownContext, searchesOf } from "../conversation.ts";
import { quoteOn } from "../quotation/quote-on.ts";
import { subjectOf } from "../subject.ts";
import { listOf, quotedList } from "./list.ts";

/** Guides that an answer names at most. */
const MAX_GUIDES = 4;

/**
 * For who asks what to play: that the coach can't choose for them, what the library says about choosing, and which guides to
 * pieces it has. Null if it has neither.
 */
export function answerRepertoire(conversation: Conversation): string | null {
  const [, pieces = []] = searchesOf(conversation.thisTurn);
  const guides = [...new Map(pieces.map(({ title, number }) => [title, number]))].slice(0, MAX_GUIDES);
  const advice = quoteOn(subjectOf(conversation), conversation);
  if (advice === null && guides.length === 0) return null;
  const played = knownContext(conversation)?.repertoire ?? [];
  return [
    "Which piece is the right one for you I don't know: nothing that I can look up says it" +
      `${played.length === 0 ? "" : `, though you told me of ${quotedList(played)}`}.`,
    ...(advice === null ? [] : [`On choosing, the library says: ${advice.text}`]),
    ...(guides.length === 0
      ? []
      : [
          listOf(
            "It has guides to these pieces, among others:",
            guides.map(([title, number]) => `${title} [${number}]`),
          ),
        ]),
  ].join("\n\n");
}
