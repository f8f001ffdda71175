import type { Passage } from "@crescendai/contracts";
import { type Excerpt, excerptsOf } from "./excerpts.ts";
import { isCounted, isDependent, isImperative, isJudging } from "./instructions.ts";
import { isOnComposer, isOnPiece } from "./name-piece.ts";
import type { Need } from "./needs.ts";
import { isUnderPart, namesPlace } from "./place-in-piece.ts";
import type { Quotation } from "./quotation.ts";

/** A quotation with how well it serves as something to practise by. */
export interface Candidate {
  readonly quotation: Quotation;
  readonly score: number;
}

/**
 * What an excerpt is worth, as shares of 1: chosen by reading what comes out for each subject. That it asks for something
 * to be done, and says how often or how long, makes it an exercise; that it is about the subject is required besides.
 */
const WORTH = {
  listed: 0.25,
  imperative: 0.25,
  counted: 0.2,
  /** For each word of the subject in the excerpt, up to two; half as much in title and section. */
  word: 0.15,
  /** Taken away where no title or heading says that it is about the subject. */
  unnamed: 0.2,
  /** Taken away for each further item or sentence: shorter is better. */
  part: 0.1,
  /** Taken away for each place further down among what was found. */
  place: 0.06,
  /** Taken away where it needs what stands before it, asks, or tells how to judge rather than how to practise. */
  dependent: 0.4,
  question: 0.3,
  judging: 0.35,
} as const;

/** What a quotation must reach to stand in place of an exercise of our own. */
const LEAST_SCORE = 0.68;

/** What a remark on the piece, its composer or a goal must reach. */
const LEAST_OF_REMARK = 0.3;

/** Words of the subject that count at most. */
const MOST_WORDS = 2;

/** How many of the subject's names a passage must have that is under no heading with one. */
const UNNAMED_WORDS = 2;

/** What is looked for in a passage. */
type Sought = Pick<Need, "about" | "words" | "others">;

/**
 * What of the passages could be practised by, best first; none where nothing is good enough. Nothing from a document on a
 * composer or a piece: what it says is for that music.
 */
export function candidatesFor(need: Sought, passages: readonly Passage[]): Candidate[] {
  return ranked(passages, LEAST_SCORE, (excerpt, passage) =>
    isAbout(passage, need) && !isOnComposer(passage.title) && asksForSomething(excerpt)
      ? worthOf(excerpt, passage, need)
      : 0,
  );
}

/** Whether an excerpt tells what to do, or how often: a definition is about the subject too, but nothing to practise. */
function asksForSomething({ text }: Excerpt): boolean {
  return isImperative(text) || isCounted(text);
}

/**
 * What passages that are known to be on the matter say about a need, best first: it needn't be something to do. Nothing that
 * is about a part of a piece.
 */
export function remarksFor(need: Sought, passages: readonly Passage[]): Candidate[] {
  return ranked(passages, LEAST_OF_REMARK, (excerpt, passage) => {
    const isOfPart = isOnPiece(passage.title) && isUnderPart(passage, excerpt.text);
    return !isOfPart && wordsIn(excerpt.text, need.about) > 0 ? worthOf(excerpt, passage, need) : 0;
  });
}

function ranked(
  passages: readonly Passage[],
  least: number,
  worth: (excerpt: Excerpt, passage: Passage) => number,
): Candidate[] {
  return passages
    .flatMap((passage, place) =>
      excerptsOf(passage.text).map((excerpt) => ({
        quotation: quotationOf(passage, excerpt),
        score: worth(excerpt, passage) - WORTH.place * place,
      })),
    )
    .filter(({ score }) => score >= least)
    .toSorted((a, b) => b.score - a.score);
}

/** Whether a passage is about the subject. A handbook's title may say nothing of it: then its text must. */
function isAbout({ title, section, text }: Passage, { about }: Sought): boolean {
  return wordsIn(`${title} ${section}`, about) > 0 || wordsIn(text, about) >= UNNAMED_WORDS;
}

function quotationOf({ document_id, chunk_id, title, author }: Passage, { text }: Excerpt): Quotation {
  return { document_id, chunk_id, title, author, excerpt: text };
}

function worthOf(
  { text, parts, listed }: Excerpt,
  { title, section }: Passage,
  { about, words, others = [] }: Sought,
): number {
  const said = wordsIn(text, words);
  // About something else, or another place, however good an exercise.
  if (said === 0 || namesPlace(text) || wordsIn(`${title} ${text}`, others) > 0) return 0;
  const named = wordsIn(`${title} ${section}`, about);
  return (
    (listed ? WORTH.listed : 0) +
    (isImperative(text) ? WORTH.imperative : 0) +
    (isCounted(text) ? WORTH.counted : 0) +
    WORTH.word * Math.min(MOST_WORDS, said) +
    (WORTH.word / 2) * Math.min(MOST_WORDS, named) -
    (named === 0 ? WORTH.unnamed : 0) -
    WORTH.part * (parts - 1) -
    (isDependent(text) ? WORTH.dependent : 0) -
    (text.includes("?") ? WORTH.question : 0) -
    (isJudging(section) ? WORTH.judging : 0)
  );
}

/** How many of the beginnings of words occur in a text. */
function wordsIn(text: string, beginnings: readonly string[]): number {
  const folded = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}-]+/gu, " ")}`;
  return beginnings.filter((beginning) => folded.includes(` ${beginning}`)).length;
}
