import { abbreviationOf, keyNamesIn } from "./key-names.ts";
import { spellingsOf } from "./spellings.ts";
import { isFunctionWord, isStopWord, stemOf, wordsOf } from "./words.ts";

/** A word as it may stand in a text, or the words of a key's name, next to each other. */
export interface Form {
  /** In lower case, without diacritics. */
  readonly word: string;
  /** As the index has it. */
  readonly stem: string;
}

/** A word of a question, in every spelling of it: as it was asked, then the others. */
export interface Term {
  readonly forms: readonly [Form, ...Form[]];
}

/** Most words of a question that are looked for: what it has beyond that makes it slower and not clearer. */
const MAX_TERMS = 32;

/** Figures that are a subject: a metre (6/8), a rhythm (3:2, 3 over 2), the number of a piece. */
const FIGURES = /\bno\.\s*\p{N}|\p{N}\s*(?:[/:]|\b(?:over|on)\b)\s*\p{N}/iu;

/**
 * The words of a question that say what it is about, each once, in their order, after the names of keys. Such a name is one word,
 * so to speak: a text on B flat major has the words "B" and "major" too, and nothing on B major. All words if only such are left
 * as "better" or "need"; none for a question of nothing but words like "the" and "of" and figures, which is about nothing, unless
 * they are a metre's, a rhythm's or a piece's.
 */
export function termsOf(question: string): Term[] {
  const keys = keyNamesIn(question);
  const words = [...new Set(wordsOf(keys.rest))];
  const telling = words.filter((word) => !isStopWord(word));
  const hasSubject = keys.names.length > 0 || telling.some(isOfLetters) || FIGURES.test(question);
  if (!hasSubject && words.every((word) => isFunctionWord(word) || !isOfLetters(word))) return [];
  const terms = keys.names.map(keyTerm);
  const known = new Set<string>();
  for (const word of hasSubject ? telling : words) {
    const term = termOf(word);
    if (known.has(term.forms[0].stem)) continue;
    for (const { stem } of term.forms) known.add(stem);
    terms.push(term);
  }
  return terms.slice(0, MAX_TERMS);
}

function isOfLetters(word: string): boolean {
  return /\p{L}/u.test(word);
}

/** A key's name, which has no ending, and what it is abbreviated to. */
function keyTerm(name: string): Term {
  const first: Form = { word: name, stem: name };
  const abbreviation = abbreviationOf(name);
  return { forms: abbreviation === null ? [first] : [first, { word: abbreviation, stem: abbreviation }] };
}

/** A word in every spelling of it that makes a difference to the index. */
export function termOf(word: string): Term {
  const first: Form = { word, stem: stemOf(word) };
  const stems = new Set([first.stem]);
  const others: Form[] = [];
  for (const spelling of spellingsOf(word)) {
    const stem = stemOf(spelling);
    if (!stems.has(stem)) others.push({ word: spelling, stem });
    stems.add(stem);
  }
  return { forms: [first, ...others] };
}

/** The question as the models get it: misspelt words put right, keys written out, and otherwise as it was asked. */
export function withCorrections(question: string, corrections: ReadonlyMap<string, string>): string {
  const { writtenOut } = keyNamesIn(question);
  if (corrections.size === 0) return writtenOut;
  return writtenOut.replace(
    /[\p{L}\p{N}\p{M}]+/gu,
    (word) => corrections.get(wordsOf(word)[0] ?? "") ?? word,
  );
}
