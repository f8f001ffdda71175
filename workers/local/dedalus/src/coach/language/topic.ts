import { withoutKey } from "./keys.ts";
import { COMPOSERS } from "./names.ts";
import { stemOf, stemsOf } from "./same-word.ts";
import { contentWords } from "./words.ts";

/** Words that only say that somebody wants to get on, or what is to be told: "What needs the most attention?" */
const WORDS_OF_WORK = stemsOf(
  `address advice area aspect attention avoid awful bad begin best better big concentrate cope deal develop difficult dimension
  drill easy effort energy exercise feedback first fix focus good hard help hopeless horrible improve improvement issue lack
  lowest main need next overview part point poor practice practise prioritise priority problem score simple skill start
  strength strong struggle stuck stop summary summarise tackle terrible tip trouble urgent weak weakness work worse worst
  wrong`,
);

/** Words that are said of anything at the piano, or of any talk about it. */
const COMMON_WORDS = stemsOf(
  `advanced another beginner book bring change coach compare describe different enough hear heard hm hmm hold intermediate keep
  kind learn lesson level library listen lot month music ok okay performance pianist piano piece play put recommend recording
  show sort spend suggest suggestion teacher thanks today tomorrow way week yes monday tuesday wednesday thursday friday saturday
  sunday`,
);

/** Words that tell little of what a text is about where it has others: a left hand may leap, or drown a melody. */
const GENERAL_WORDS = stemsOf("bar finger flat hand key left major minor note right sharp");

/** A text without names of keys, and without what only asks for a figure: "how long", "how high". */
function withoutFrame(text: string): string {
  return withoutKey(text).replace(/\bhow (?:long|much|many|often|high|low|far|close|fast)\b/gi, " ");
}

/** The words of a text that say what it is about, without those that go with everything, numbers and names of keys. */
export function topicWords(text: string): string[] {
  return contentWords(withoutFrame(text)).filter((word) => {
    const stem = stemOf(word);
    return !/^\d/.test(word) && !WORDS_OF_WORK.has(stem) && !COMMON_WORDS.has(stem);
  });
}

/** Those of a text's topic words that tell most of it; all, where none does. */
export function tellingWords(text: string): string[] {
  const topic = topicWords(text);
  const telling = topic.filter((word) => weightOf(word) === 1 && !COMPOSERS.has(stemOf(word)));
  return telling.length > 0 ? telling : topic;
}

/** Whether a text has a word of a topic that isn't general: "wrong notes" has none. */
export function hasTopic(text: string): boolean {
  return topicWords(text).some((word) => weightOf(word) === 1);
}

/** Whether a text has a word that says that somebody wants to get on. */
export function hasWordOfWork(text: string): boolean {
  return contentWords(text).some((word) => WORDS_OF_WORK.has(stemOf(word)));
}

/** A word, and how much it tells of what a text is about. */
export interface Term {
  readonly word: string;
  /** 1 for a word of the topic, down to 0. */
  readonly weight: number;
}

/**
 * What words tell that aren't the topic, where a word of the topic tells 1: enough to decide between texts that share it, and no
 * more. A number tells which piece of several is meant.
 */
const WEIGHT = { ofWork: 0.3, common: 0.2, general: 0.5, number: 2 };

/** The words of a text, each with what it tells of the text's topic; names of keys left out. */
export function termsOf(text: string): Term[] {
  return [...new Set(contentWords(withoutFrame(text)))].map((word) => ({ word, weight: weightOf(word) }));
}

function weightOf(word: string): number {
  const stem = stemOf(word);
  if (/^\d/.test(word)) return WEIGHT.number;
  if (WORDS_OF_WORK.has(stem)) return WEIGHT.ofWork;
  if (COMMON_WORDS.has(stem)) return WEIGHT.common;
  return GENERAL_WORDS.has(stem) ? WEIGHT.general : 1;
}
