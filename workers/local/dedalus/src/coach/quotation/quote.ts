import { answersBefore, type Conversation, knownContext, passagesOf, searchesOf } from "../conversation.ts";
import { sharedWords } from "../language/same-word.ts";
import { tellingWords, termsOf } from "../language/topic.ts";
import { contentWords } from "../language/words.ts";
import { type Subject, wantedOf } from "../subject.ts";
import type { Passage } from "../tool-results.ts";
import { isEntryOn, passagesAbout } from "./fit.ts";
import { NOT_TO_DO, type Step, sentencesOn, stepsOf } from "./steps.ts";
import { LEAST_WORTH, type Sought, WORTH, wasSaid, worthOf } from "./worth.ts";

/** What is quoted, with its source. */
export interface Quotation {
  readonly text: string;
  /** Whether it wasn't said before. */
  readonly isNew: boolean;
  readonly passage: Passage;
}

/**
 * What the passages that were found say on a subject, as `quoteFrom` quotes it; null if they say nothing on it. Where all was
 * said before that the documents on a side of playing have, or nothing is on that, something is taken from what is filed under
 * its dimension.
 */
export function quoteOn(subject: Subject, conversation: Conversation): Quotation | null {
  if (subject.type === "nothing") return null;
  const { thisTurn } = conversation;
  const wanted = wantedOf(subject, conversation);
  const sought: Sought = {
    text: subject.text,
    wanted,
    isToDo: subject.type === "cure",
    opposite: subject.type === "cure" ? subject.aspect.opposite : undefined,
    level: knownContext(conversation)?.experience_level ?? "",
    // What a thing is remains what it is.
    said: wanted === "definition" ? "" : answersBefore(conversation),
    // What was searched for is how the dimension is practised.
    isWide: subject.type === "dimension",
  };
  const onSubject = quoteFrom(passagesOf(searchesOf(thisTurn)), sought);
  if (onSubject?.isNew || subject.type !== "cure") return onSubject;
  const near = thisTurn.filter(({ arguments: given }) => given.includes('"dimension":'));
  const more = quoteFrom(searchesOf(near).flat(), { ...sought, isWide: true });
  return onSubject === null || more?.isNew ? more : onSubject;
}

/** Words that a sentence names, at least, and what each tells, which names all that is asked. */
const LEAST_NAMED = 2;
const LEAST_WEIGHT = 0.5;

/**
 * A step of the passages that are about what is sought, word for word, with its number and title; null if none is. Something to
 * do is given rather than what explains, unless that is wanted. Where something to do is wanted and no passage is about it, a
 * sentence counts that names all of it.
 */
export function quoteFrom(passages: readonly Passage[], sought: Sought): Quotation | null {
  const telling = tellingWords(sought.text);
  const words = termsOf(sought.text).flatMap(({ word, weight }) => (weight < LEAST_WEIGHT ? [] : [word]));
  const about = sought.isWide ? passages : passagesAbout(passages, sought.text);
  // All of them next to each other: far apart they speak of several things.
  const isOn = (text: string) => {
    const there = contentWords(text);
    const runs = there.slice(words.length - 1).map((_, at) => there.slice(at, at + words.length).join(" "));
    return runs.some((run) => sharedWords(words, run) === words.length);
  };
  const isBySentence = about.length === 0 && sought.wanted === "exercise" && words.length >= LEAST_NAMED;
  const isToDo = sought.isToDo || isBySentence;
  const stepsIn = isBySentence ? (passage: Passage) => sentencesOn(passage, isOn) : stepsOf;
  const searched = isBySentence ? passages : about;
  const documents = [...new Set(searched.map(({ title }) => title))];
  const candidates = searched.flatMap((passage) => {
    const { title } = passage;
    const place = WORTH.place * documents.indexOf(title);
    return stepsIn(passage)
      .filter((step) => isAllowed(step, title, { ...sought, isToDo }, telling))
      .map((step) => ({ passage, step, worth: place + worthOf(step, title, sought) }));
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
 * Whether a step may be quoted: it is something to do where that must be, it isn't for the opposite, and it is on the thing
 * that is to be defined. For that the beginning of its document's title, its heading or its own first words have the whole
 * name: what says something of a pedal doesn't define the sostenuto pedal, and a sonata's Andante no andante.
 */
function isAllowed(step: Step, title: string, sought: Sought, telling: readonly string[]): boolean {
  const { kind, heading, text } = step;
  if (sought.isToDo && kind === "explanation") return false;
  if (sought.opposite?.test(`${title} ${heading} ${text}`)) return false;
  if (sought.wanted !== "definition") return true;
  const isNamed = [title.split(/[:,]/)[0] ?? "", heading].some(
    (name) => sharedWords(telling, name) === telling.length,
  );
  return !NOT_TO_DO.test(heading) && (telling.length > WORDS_OF_NAME || isNamed || isEntryOn(text, telling));
}

/** What is quoted with the number of its passage, and below it the source. */
export function withSource(quoted: string, { number, title, author }: Passage): string {
  return `${quoted} [${number}]\n\n[${number}] ${title}${author === null ? "" : `, ${author}`}`;
}
