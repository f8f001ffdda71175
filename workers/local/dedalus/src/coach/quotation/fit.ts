import { keyIn, namesKey } from "../language/keys.ts";
import { sharedWords, wordsFound } from "../language/same-word.ts";
import { type Term, tellingWords, termsOf } from "../language/topic.ts";
import { contentWords } from "../language/words.ts";
import type { Passage } from "../tool-results.ts";
import { blocksOf } from "./passage-text.ts";

/**
 * Words of a question that a passage must have, at least, where its title or heading has one of them; in one paragraph,
 * where not.
 */
const WORDS_WITH_TITLE = 2;
const WORDS_WITHOUT_TITLE = 3;

/** Words of a heading at most that is about one of them. */
const WORDS_OF_HEADING = 2;

/** Share of a question's telling words that a title has, at least, that is about nothing else. */
const ENOUGH_IN_TITLE = 0.5;

/** Share of a question's telling words that may be in nothing that was found for it: with more it's about something else. */
const MOST_UNKNOWN = 0.5;

/**
 * The passages that are about what is asked. None where too much of it is in nothing that was found: a library that knows a
 * violin bow would have given a passage with a violin.
 */
export function passagesAbout(passages: readonly Passage[], text: string): readonly Passage[] {
  const telling = tellingWords(text);
  const all = passages.map(({ title, section, excerpt }) => `${title} ${section} ${excerpt}`).join("\n");
  if (sharedWords(telling, all) < MOST_UNKNOWN * telling.length) return [];
  // What a document says besides belongs to it: its exercises needn't name what they are for.
  const titles = new Set(passages.filter((passage) => isAbout(passage, text)).map(({ title }) => title));
  return passages.filter(({ title }) => titles.has(title));
}

/** What stands before what is said of a thing: "Fermata (pause):", "A trill is", "Cmaj7:"; a number isn't one. */
const ENTRY = /^(?:[^:]{1,40}?(?= (?:is|are|means?)\b(?! not\b))|(?:[^:\d]|(?<=\p{L})\d){1,60}(?=:))/u;

/** What parts the names of one thing: "Upbeat (anacrusis, pick-up)". */
const NAMES = /[(),]| or | and /;

/** Whether a text begins by naming a thing, by some words and hardly any besides, of which it goes on to say what it is. */
export function isEntryOn(text: string, words: readonly string[]): boolean {
  const entry = ENTRY.exec(text)?.[0] ?? "";
  // "One finger legato:" is the label of an exercise; "to voice a chord is" speaks of voicing.
  const most = 2 * words.length - Number(text[entry.length] === ":");
  const isName = (name: string) =>
    sharedWords(words, name) === words.length && contentWords(name).length <= most;
  return words.length > 0 && entry.split(NAMES).some(isName);
}

/** The title that fits a question best, of the passages that are about it; null if none is. */
export function bestTitle(passages: readonly Passage[], text: string): string | null {
  const titles = passagesAbout(passages, text).map(({ title }) => title);
  return titles.toSorted((a, b) => fitOfTitle(b, text) - fitOfTitle(a, text))[0] ?? null;
}

/**
 * Whether a passage is about a question. Its document is by its title, where the question has little besides: "Tremolo" for
 * "tremolo without getting tired". Else the passage has an entry or a heading on it, or enough of its words.
 */
function isAbout({ title, section, excerpt }: Passage, text: string): boolean {
  const telling = tellingWords(text);
  if (telling.length === 0) return false;
  const blocks = blocksOf(excerpt, section);
  const has = (where: string) => sharedWords(telling, where);
  // One word names what stands under a heading only where that has little else.
  const isUnder = (heading: string) =>
    has(heading) === telling.length &&
    (telling.length > 1 || contentWords(heading).length <= WORDS_OF_HEADING);
  if (blocks.some((block) => isUnder(block.heading) || (block.isItem && isEntryOn(block.text, telling))))
    return true;
  if (telling.length === 1) return has(title) === 1;
  const focus = focusOf(title, text);
  if (has(title) >= ENOUGH_IN_TITLE * telling.length && focus === 1) return true;
  // A title that begins with something else is named by the way: "Andante sostenuto" says nothing of a sostenuto pedal.
  if (focus === 0 && section === "" && has(title) < WORDS_WITH_TITLE) return false;
  if (has(`${title} ${section}`) === 0)
    return blocks.some((block) => has(block.text) >= Math.min(telling.length, WORDS_WITHOUT_TITLE));
  // Words of less weight count too.
  const words = termsOf(text).map(({ word }) => word);
  return sharedWords(words, `${title} ${section} ${excerpt}`) >= Math.min(telling.length, WORDS_WITH_TITLE);
}

/**
 * How well a title fits a question, from 0 to 6: how much of the question it names, how much of it is about that and nothing
 * else, and whether it is in the key that is asked for.
 */
export function fitOfTitle(title: string, text: string): number {
  const key = keyIn(text);
  const inKey = key !== null && namesKey(title, key) ? 1 : 0;
  return 3 * coverage(termsOf(text), title) + 2 * focusOf(title, text) + inKey;
}

/** Which share of a question's words a text has, by what they tell; 0 where none tells anything. */
export function coverage(terms: readonly Term[], text: string): number {
  const words = terms.map(({ word }) => word);
  const found = new Set(wordsFound(words, text));
  const sum = (of: readonly Term[]) => of.reduce((total, { weight }) => total + weight, 0);
  return sum(terms) === 0 ? 0 : sum(terms.filter(({ word }) => found.has(word))) / sum(terms);
}

/** Which share of a title's beginning, up to its first colon or comma, is about the question: of "Advanced trills" half. */
function focusOf(title: string, text: string): number {
  return coverage(termsOf(title.split(/[:,]/)[0] ?? ""), text);
}
