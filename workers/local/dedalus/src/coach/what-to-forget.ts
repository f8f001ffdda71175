import type { KnownFacts } from "./arguments.ts";
import { type Conversation, knownContext } from "./conversation.ts";
import { type List, wishIn } from "./forgetting.ts";
import { contentWords } from "./language/words.ts";

/** What is to be forgotten, in words that a tool can check. */
export type Forgetting =
  | { readonly type: "all"; readonly members: readonly string[] }
  /** An entry of a list, and words that stand in it and in the message. */
  | { readonly type: "entry"; readonly list: List; readonly words: string }
  /** Which is meant isn't clear: none of these, or several. */
  | { readonly type: "unclear"; readonly entries: readonly string[] };

/**
 * What the player asks to forget, or to replace: a whole member, or the one entry that has the most words of what they say.
 * Where no goal is known, none is replaced.
 */
export function forgettingOf(conversation: Conversation): Forgetting | null {
  const { question, told } = conversation;
  const isReplaced = told?.replaced !== undefined;
  if (isReplaced && (knownContext(conversation)?.goals ?? []).length === 0) return null;
  const wish = wishIn(isReplaced ? `forget ${told.replaced}` : question);
  if (wish === null) return null;
  if (wish.all.length > 0) return { type: "all", members: wish.all };
  const context = knownContext(conversation);
  const entries = wish.lists.flatMap((list) => (context?.[list] ?? []).map((entry) => ({ list, entry })));
  const scored = entries.map(({ list, entry }) => {
    const words = sharedRun(wish.said, entry);
    return { list, entry, words, count: contentWords(words).length };
  });
  const most = Math.max(0, ...scored.map(({ count }) => count));
  const best = scored.filter(({ count }) => count === most && most > 0);
  const [only] = best;
  if (only !== undefined && best.length === 1) return { type: "entry", list: only.list, words: only.words };
  // "Delete my goal", of one: there is nothing to choose.
  const isOnly = entries.length === 1 && /\bgoal\W*$/i.test(wish.said);
  if (isOnly && entries[0]?.list === "goals") return { type: "all", members: ["goals"] };
  return { type: "unclear", entries: (best.length > 0 ? best : entries).map(({ entry }) => entry) };
}

/** What a tool is told of it; nothing where it isn't clear. */
export function forgettingFacts(conversation: Conversation): KnownFacts {
  const forgetting = forgettingOf(conversation);
  if (forgetting?.type === "all") return { all_of: forgetting.members };
  return forgetting?.type === "entry" ? { [forgetting.list]: [forgetting.words] } : {};
}

/** The longest run of words, by what they tell, that two texts have in common; empty if they share none that tells anything. */
export function sharedRun(one: string, other: string): string {
  const [words, others] = [wordsOf(one), wordsOf(other)];
  const runs = words.flatMap((_word, from) =>
    others.map((_other, at) => {
      let length = 0;
      while (words[from + length] !== undefined && words[from + length] === others[at + length]) length += 1;
      return words.slice(from, from + length);
    }),
  );
  const telling = (run: readonly string[]) => contentWords(run.join(" ")).length;
  const [best = []] = runs.toSorted((a, b) => telling(b) - telling(a) || b.length - a.length);
  return telling(best) > 0 ? best.join(" ") : "";
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
