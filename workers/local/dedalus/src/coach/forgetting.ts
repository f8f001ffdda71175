import type { KnownFacts } from "./arguments.ts";
import { type Conversation, knownContext } from "./conversation.ts";
import { contentWords } from "./language/words.ts";
import { type List, wishIn } from "./wish-to-forget.ts";

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
  const replaced = conversation.told?.replaced;
  const context = knownContext(conversation);
  if (replaced !== undefined && (context?.goals ?? []).length === 0) return null;
  const wish = wishIn(replaced === undefined ? conversation.question : `forget ${replaced}`);
  if (wish === null) return null;
  if (wish.all.length > 0) return { type: "all", members: wish.all };
  const entries = wish.lists
    .flatMap((list) => (context?.[list] ?? []).map((entry) => ({ list, entry })))
    .map((one) => ({ ...one, words: sharedRun(wish.said, one.entry) }));
  const count = ({ words }: (typeof entries)[number]) => contentWords(words).length;
  const most = Math.max(1, ...entries.map(count));
  const best = entries.filter((one) => count(one) === most);
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
  const [words, others] = [one, other].map((text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  let best: readonly string[] = [];
  const telling = (run: readonly string[]) => contentWords(run.join(" ")).length;
  for (const from of words?.keys() ?? [])
    for (const at of others?.keys() ?? []) {
      let length = 0;
      while (words?.[from + length] !== undefined && words[from + length] === others?.[at + length])
        length += 1;
      const run = words?.slice(from, from + length) ?? [];
      if (telling(run) > telling(best) || (telling(run) === telling(best) && run.length > best.length))
        best = run;
    }
  return telling(best) > 0 ? best.join(" ") : "";
}
