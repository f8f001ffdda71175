import { sharedWords } from "../language/same-word.ts";
import { tellingWords } from "../language/topic.ts";
import type { Passage } from "../tool-results.ts";
import { isEntryOn, passagesAbout } from "./fit.ts";
import { NOT_TO_DO, type Step, stepsOf } from "./steps.ts";
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
  const about = sought.isWide ? passages : passagesAbout(passages, sought.text);
  const telling = tellingWords(sought.text);
  const documents = [...new Set(about.map(({ title }) => title))];
  const candidates = about.flatMap((passage) => {
    const place = WORTH.place * documents.indexOf(passage.title);
    const ofDocument = worthOfDocument(passage.title, sought) + place;
    return stepsOf(passage)
      .filter(
        (step) =>
          !(sought.isToDo && step.kind === "explanation") &&
          !sought.opposite?.test(`${passage.title} ${step.heading} ${step.text}`) &&
          (sought.wanted !== "definition" ||
            (!NOT_TO_DO.test(step.heading) && isOnThing(step, passage.title, telling))),
      )
      .map((step) => ({
        passage,
        step,
        worth: ofDocument + worthOfStep(step, passage.title, sought),
      }));
  });
  // Of a passage on more than what is sought, another step may be about something else.
  const onTopic = candidates.filter(
    ({ step, passage: { title } }) =>
      !sought.isWide && sharedWords(telling, `${title} ${step.heading} ${step.text}`) > 0,
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
 * Whether a step is on the thing that is to be defined: the beginning of its document's title, its heading or its own first words
 * have the whole name. What says something of a pedal doesn't define the sostenuto pedal, and a sonata's Andante no andante.
 */
function isOnThing({ heading, text }: Step, title: string, telling: readonly string[]): boolean {
  return (
    telling.length > WORDS_OF_NAME ||
    isEntryOn(text, telling) ||
    [title.split(/[:,]/)[0] ?? "", heading].some((name) => sharedWords(telling, name) === telling.length)
  );
}

/** What is quoted with the number of its passage, and below it the source. */
export function withSource(quoted: string, { number, title, author }: Passage): string {
  return `${quoted} [${number}]\n\n[${number}] ${title}${author === null ? "" : `, ${author}`}`;
}
