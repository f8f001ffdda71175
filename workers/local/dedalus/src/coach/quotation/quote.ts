import { sharedWords } from "../language/same-word.ts";
import { tellingWords, topicWords } from "../language/topic.ts";
import type { Passage } from "../tool-results.ts";
import { passagesAbout } from "./fit.ts";
import { stepsOf } from "./steps.ts";
import { LEAST_WORTH, type Sought, WORTH, wasSaid, worthOfDocument, worthOfStep } from "./worth.ts";

/** What is quoted, with its source. */
export interface Quotation {
  readonly text: string;
  /** Whether it wasn't said before. */
  readonly isNew: boolean;
  readonly passage: Passage;
}

/**
 * A step of the passages that are about what is sought, word for word, with its number and title; null if none is. Something to
 * do is given rather than what explains, unless that is wanted.
 */
export function quoteFrom(passages: readonly Passage[], sought: Sought): Quotation | null {
  const about = sought.isWide
    ? passages
    : passagesAbout(passages, sought).filter(
        (passage, _, all) => sought.wanted !== "definition" || isNamed(passage.title, all, sought.text),
      );
  const documents = [...new Set(about.map(({ title }) => title))];
  const candidates = about.flatMap((passage) => {
    const ofDocument =
      worthOfDocument(passage.title, sought) + WORTH.place * documents.indexOf(passage.title);
    return stepsOf(passage)
      .filter(({ kind }) => !sought.isWide || kind !== "explanation")
      .map((step) => ({
        passage,
        step,
        worth: ofDocument + worthOfStep(step, passage.title, sought),
      }));
  });
  // Of a passage on more than what is sought, another step may be about something else.
  const onTopic = candidates.filter(
    ({ step, passage: { title } }) =>
      !sought.isWide && sharedWords(topicWords(sought.text), `${title} ${step.heading} ${step.text}`) > 0,
  );
  const [best] = (onTopic.length > 0 ? onTopic : candidates).toSorted((a, b) => b.worth - a.worth);
  if (best === undefined) return null;
  const { step, passage, worth } = best;
  const isNew = !wasSaid(step, sought.said);
  if (worth - (isNew ? 0 : WORTH.said) < LEAST_WORTH) return null;
  return { text: withSource(step.text, passage), isNew, passage };
}

/** Telling words of a question up to which they are the name of one thing. */
const WORDS_OF_NAME = 2;

/**
 * Whether the beginning of a document's title, or its headings, name the thing that is to be defined by its whole name: what says
 * something of a pedal doesn't define the sostenuto pedal, and a sonata's Andante no andante.
 */
function isNamed(title: string, passages: readonly Passage[], text: string): boolean {
  const telling = tellingWords(text);
  if (telling.length > WORDS_OF_NAME) return true;
  const headings = passages.filter((passage) => passage.title === title).map(({ section }) => section);
  return [title.split(/[:,]/)[0] ?? "", ...headings].some(
    (name) => sharedWords(telling, name) === telling.length,
  );
}

/** What is quoted with the number of its passage, and below it the source. */
export function withSource(quoted: string, { number, title, author }: Passage): string {
  return `${quoted} [${number}]\n\n[${number}] ${title}${author === null ? "" : `, ${author}`}`;
}
