import { cues } from "./language/cues.ts";

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
