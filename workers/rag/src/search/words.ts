import { stemmer } from "stemmer";

/*
 * Words as the full-text index has them (migrations/knowledge: porter on unicode61, diacritics removed, ♭, ♯ and "F#" written
 * out), so that what is counted here is what was found there.
 */

/** A run of letters, digits and marks: what unicode61 takes for a word. */
const WORD = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu;

/** The same where there are no other letters and digits: many times as fast. */
const PLAIN_WORD = /[a-z0-9]+/g;

const NOT_ASCII = /[^\0-\x7f]+/g;
const OTHER_LETTER = /(?![a-z0-9])[\p{L}\p{N}\p{Co}]/u;

/** A note with a number sign for its sharp. */
const SHARP_NOTE = /(?<letter>[A-G])#/g;

/** The words of a text in lower case without diacritics, in their order. */
export function wordsOf(text: string): string[] {
  const { folded, isPlain } = fold(text);
  return folded.match(isPlain ? PLAIN_WORD : WORD) ?? [];
}

/**
 * A text in lower case without diacritics, and whether there are no letters in it but a–z. Only what isn't ASCII is looked at
 * closely: most texts have a dash or an accent somewhere, and little more.
 */
function fold(text: string): { readonly folded: string; readonly isPlain: boolean } {
  let isPlain = true;
  const written = text.includes("#") ? text.replace(SHARP_NOTE, "$<letter> sharp ") : text;
  const folded = written.toLowerCase().replace(NOT_ASCII, (run) => {
    const bare = run
      .normalize("NFD")
      .replace(/\p{M}+/gu, "")
      .replaceAll("♭", " flat ")
      .replaceAll("♯", " sharp ");
    isPlain &&= !OTHER_LETTER.test(bare);
    return bare;
  });
  return { folded, isPlain };
}

/**
 * Finds which of some stems a text has. Only the words are looked at that begin as one of the stems does, by one regular
 * expression for all: taking every word of every passage apart would be most of the work of a search.
 */
export class StemFinder {
  readonly #wanted: ReadonlySet<string>;
  /** Of stems that are several words, next to each other, where each is. */
  readonly #phrases: readonly { readonly phrase: string; readonly words: RegExp }[];
  readonly #plainWord: RegExp;
  /** Made when it is first needed, because it takes long. */
  #word: RegExp | null = null;

  constructor(wanted: ReadonlySet<string>) {
    const phrases = [...wanted].filter(isPhrase);
    this.#wanted = new Set([...wanted].filter((stem) => !isPhrase(stem)));
    this.#phrases = phrases.map((phrase) => ({ phrase, words: phraseIn(phrase) }));
    this.#plainWord = wordBeginningWith(this.#beginnings, "a-z0-9", "g");
  }

  /** Those of the stems that a text has. */
  findIn(text: string): Set<string> {
    const found = new Set<string>();
    if (this.#wanted.size === 0 && this.#phrases.length === 0) return found;
    const { folded, isPlain } = fold(text);
    for (const { phrase, words } of this.#phrases) if (words.test(folded)) found.add(phrase);
    if (this.#wanted.size === 0) return found;
    for (const word of folded.match(isPlain ? this.#plainWord : this.#anyWord) ?? []) {
      const stem = stemOf(word);
      if (this.#wanted.has(stem)) found.add(stem);
    }
    return found;
  }

  get #anyWord(): RegExp {
    this.#word ??= wordBeginningWith(this.#beginnings, "\\p{L}\\p{N}\\p{Co}", "gu");
    return this.#word;
  }

  get #beginnings(): string[] {
    return [...new Set(Array.from(this.#wanted, beginningOf))];
  }
}

/** Whether this is the name of a key: several words next to each other, of which none has an ending. */
export function isPhrase(stem: string): boolean {
  return stem.includes(" ");
}

/**
 * Where words follow each other, whatever is between them but letters and digits, as the index finds a phrase; but the last has
 * no ending here, while to the index "a majority" is "a major".
 */
function phraseIn(phrase: string): RegExp {
  const between = "[^\\p{L}\\p{N}\\p{Co}]+";
  return new RegExp(
    `(?<![\\p{L}\\p{N}\\p{Co}])${phrase.replaceAll(" ", between)}(?![\\p{L}\\p{N}\\p{Co}\\p{M}])`,
    "u",
  );
}

/** @param letters what words are made of, as in a class of characters. */
function wordBeginningWith(beginnings: readonly string[], letters: string, flags: string): RegExp {
  return new RegExp(`(?<![${letters}])(?:${beginnings.join("|")})[${letters}]*`, flags);
}

/** What every word with a stem begins with: what Porter's rules put in the place of an ending differs in the last letter at most. */
function beginningOf(stem: string): string {
  return /^[a-z]{2,}$/.test(stem) ? stem.slice(0, -1) : stem;
}

/** Longest and shortest word, in UTF-8 bytes, that FTS5's porter takes the ending from (fts5_tokenize.c). */
const LONGEST_STEMMED = 64;
const SHORTEST_STEMMED = 3;

/** Words whose stem an isolate remembers; passages of one library share most of theirs. */
const REMEMBERED = 50_000;
const remembered = new Map<string, string>();

/**
 * A word without its ending (M. F. Porter, An algorithm for suffix stripping, 1980).
 *
 * @param word in lower case, without diacritics.
 */
export function stemOf(word: string): string {
  if (word.length < SHORTEST_STEMMED || word.length > LONGEST_STEMMED) return word;
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const stem = /^[a-z]+$/.test(word) ? stemmer(word) : word;
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(word, stem);
  return stem;
}

/** Words that only hold others together: who asks nothing but these asks nothing. */
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  `a about after again all also am an and any anybody anyone anything are aren as at be because been before being both
   but by can cannot could couldn d did didn do does doesn doing don done down during each either else ever every few
   for from further had has hasn have haven having he her here hers him his how however i if in into is isn it its itself
   just ll m many may maybe me might more most much must my myself no nor not of off often on once one only or other ought
   our ours out over own please quite rather re really s same shall she should shouldn since so some somebody someone
   something sometimes still such t than that the their theirs them then there these they this those through to too
   under until up us ve very was wasn we were weren what when where whether which while who whom whose why will with
   without won would wouldn yet you your yours`.split(/\s+/),
);

/** Words that say how something is asked, not what, where there are others: they are in every passage, and lead to none. */
const ASKING_WORDS: ReadonlySet<string> = new Set(
  `advice better effective effectively efficiently get gets getting give go goes going got keep keeps know let
   make makes need needs properly take tell thing things tips use want way well`.split(/\s+/),
);

export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word);
}

export function isStopWord(word: string): boolean {
  return FUNCTION_WORDS.has(word) || ASKING_WORDS.has(word);
}
