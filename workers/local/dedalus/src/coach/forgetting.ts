import type { KnownFacts } from "./arguments.ts";
import { type Conversation, knownContext } from "./conversation.ts";
import { cues } from "./language/cues.ts";
import { contentWords } from "./language/words.ts";

/** What asks to forget something, and what: an imperative, with what is polite before it. "Don't forget …" is none. */
const REQUEST = cues`
  ^(?:(?:ok(?:ay)?|so|and|hi|hello|thanks|thank you|no|well|now)\b[ ,.!]*)*\
    (?:please,? |(?:can|could|would|will) you |i(?:['’]d| would)? (?:like|want) you to )*\
    (?:forget|delete|remove|erase|clear|drop|discard)\b\s*((?:\b(?:op|no|nr)\.|\.(?=\S)|[^.!?\n])*)`;

/** What asks how that is done: "How do I delete a goal?", "Can I remove my goals?" */
const HOW = cues`
  \b(?:how|where|can|could) (?:can |do |could |should |might |to |would )?(?:i |we |one )?(?:have |get )?.{0,20}\b\
    (?:forget|delete|remove|erase|clear|change) (?:[\w’']+ ){0,3}\
    (?:goals?|constraints?|repertoire|profile|what you (?:know|remember)|about me)\b`;

/** All that is known, in whatever words, and nothing said of what it is about but the player. */
const EVERYTHING = cues`
  ^\s*(about )?me( please| now)*\s*$
  ^\s*((just|absolutely) )*(everything|anything|all)( (about|of|on) me)?( please| now)*\s*$
  ^\s*((just|absolutely) )*(everything|anything|all|what|whatever)( that| of what)? (you|i|we)(['’]ve)? (ever )?(know|have|\
    remember|remembered|saved|stored|noted|told|said)( you| to you)?( (about|of|on) me)?( please| now)*\s*$`;

const LISTS = ["goals", "constraints", "repertoire"] as const;
export type List = (typeof LISTS)[number];

/** How players call each member of what we know of them as a whole. */
const WHOLE = [
  ["goals", /\bgoals\b(?! (?:about|of|for|to|with|on|in|like|that)\b)/i],
  ["constraints", /\b(?:constraints|limits|limitations)\b(?! (?:about|of|for|to|with|on)\b)/i],
  ["repertoire", /\brepertoire\b/i],
  ["experience_level", /\bmy (?:\w+ )?level\b/i],
  ["preferred_feedback_style", /\bfeedback style\b|\bstyle of feedback\b/i],
] as const;

/** How an entry of a list is called, and the words before what says which. */
const ENTRY: Readonly<Record<List, RegExp>> = {
  goals: /\bgoals?\b/i,
  constraints: /\b(?:constraints?|limitations?|my (?:\w+ )?(?:limits?|time))\b/i,
  repertoire: /\b(?:repertoire|my (?:\w+ )?pieces?)\b/i,
};

/** What says of itself that it was told: "that I have small hands". */
const AS_TOLD = /^(?:that|(?:what|everything|all) (?:that )?i (?:said|told you) about) (?:i|my|me|the)\b/i;

/** What is to be forgotten, as a message has it. */
export interface Wish {
  /** Members of the player's context as a whole. */
  readonly all: readonly string[];
  /** Lists of which one entry is meant; empty where none is. */
  readonly lists: readonly List[];
  /** What says which entry. */
  readonly said: string;
}

/** What a message asks to forget of what the player told; null if nothing. */
export function wishIn(message: string): Wish | null {
  const said = REQUEST.exec(message.trim())?.[1];
  if (said === undefined) return null;
  const isAll = EVERYTHING.test(said);
  const all = WHOLE.filter(([, words]) => isAll || words.test(said)).map(([member]) => member);
  if (all.length > 0) return { all, lists: [], said };
  const named = LISTS.filter((list) => ENTRY[list].test(said));
  if (named.length > 0) return { all: [], lists: named, said };
  return AS_TOLD.test(said) ? { all: [], lists: LISTS, said } : null;
}

/** Whether these members are all that we know of a player. */
export function isEverything(members: readonly string[]): boolean {
  return members.length === WHOLE.length;
}

/** Whether a message asks how something that we know of the player can be removed. */
export function asksHowToForget(message: string): boolean {
  return wishIn(message) === null && HOW.test(message);
}

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
