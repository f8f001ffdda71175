import { keyIn, namesKey } from "../language/keys.ts";
import { sharedWords } from "../language/same-word.ts";
import { termsOf, topicWords } from "../language/topic.ts";
import type { Wanted } from "../wanted.ts";
import { coverage, fitOfTitle, isEntryOn } from "./fit.ts";
import { isOfLevel, levelIn } from "./level.ts";
import { NOT_TO_DO, type Step, TO_DO } from "./steps.ts";

/** What is looked for in passages. */
export interface Sought {
  /** The question, or what was looked for in its place. */
  readonly text: string;
  readonly wanted: Wanted;
  /** What a step isn't to be for. */
  readonly opposite?: RegExp | undefined;
  /** The player's level, empty if it isn't known. */
  readonly level: string;
  /** What was said already: rather something else. */
  readonly said: string;
  /** Whether it is to be something to do and nothing else. */
  readonly isToDo?: boolean;
  /** Whether it will be taken from any passage, whatever it is about: they were searched for by a filter. */
  readonly isWide?: boolean;
}

/**
 * What a step is worth. The document comes first: its title's fit is 0 to 6, so that a step of a document on the question beats
 * a finer one of a document on something else. Then what is wanted, then how much of the question the step itself names.
 */
export const WORTH = {
  /** Of all the question's words, where they stand in title, heading or step; in the heading over what is wanted. */
  words: 2,
  heading: 2.5,
  /**
   * Where something to do is wanted: what it is, that it stands under a heading such as "Exercises", and how often or how
   * long.
   */
  kind: { instruction: 2, entry: 2, part: 0.7, explanation: 0 },
  toDo: 0.7,
  counted: 0.3,
  /** Where it stands under a heading such as "Signs of success". */
  notToDo: -2,
  /** Where it is asked what something is: a sentence that says so; what a document begins with. */
  definition: 5,
  introduction: 0.45,
  relief: 3,
  /** Where a key is asked about, and it is on that. */
  key: 5,
  ownLevel: 2,
  otherLevel: -3,
  /** For whoever hasn't said their level, who is taken for the middle one as by feedback: what is for another. */
  notMiddle: -1.5,
  /** For each document that was found before, and each step before it: searches and lists begin with the best. */
  place: -0.1,
  order: -0.1,
  short: -1,
  /** Of a list of pieces, which says little of anything else. */
  pieces: -3,
  /** More than anything else is worth: what was said is said again only if there is nothing else. */
  said: -20,
};

/** Characters under which a step rarely says enough. */
const SHORT = 80;

/** What a step is worth at least, but for what was said before: under it the library has nothing on the question. */
export const LEAST_WORTH = 0.5;

/** What helps where it hurts; a position of rest, or pain at rest, is none. */
export const RELIEF = /\b(stop|(?<!\b(of|at) )rest|doctor|therapist)\b/i;

/** A sentence that says that there are some of a thing. */
const THERE_ARE = /^there (?:is|are)\b(?! not\b)(.{0,30})/i;

/** The number of a piece; and how many make a list of pieces. */
const NUMBER_OF_PIECE = /\b(?:op|nos?|bwv|k|d|woo|hob)\b\.? \d/gi;
const LIST_OF_PIECES = 3;

/** What says how often or how long. */
const COUNTED =
  /\d|\b(once|twice|(two|three|four|five|six|eight|ten|twenty) (times|minutes|bars|notes|repetitions))\b/i;

/** What a step is worth in the document of a title. */
export function worthOf(step: Step, title: string, { text, wanted, level, said }: Sought): number {
  const { heading, kind, order } = step;
  const terms = termsOf(text);
  // What a step begins with that says what, or whom, it is for: "Beginners:", "B flat major:".
  const label = /^[^.:]{1,40}(?=:)/.exec(step.text)?.[0] ?? "";
  const key = keyIn(text);
  const isInKey = key !== null && !namesKey(title, key) && namesKey(label, key);
  const isBeside = kind === "explanation" && wanted === "exercise";
  return sum(
    fitOfTitle(title, text),
    worthOfLevel(title, level),
    worthOfLevel(label, level),
    WORTH.words * coverage(terms, `${title} ${heading} ${step.text}`),
    isBeside ? 0 : WORTH.heading * coverage(terms, heading),
    WORTH.order * order,
    isInKey ? WORTH.key : 0,
    step.text.length < SHORT ? WORTH.short : 0,
    (step.text.match(NUMBER_OF_PIECE)?.length ?? 0) >= LIST_OF_PIECES ? WORTH.pieces : 0,
    wasSaid(step, said) ? WORTH.said : 0,
    wanted === "explanation" || wanted === "definition"
      ? worthOfExplanation(step, wanted === "definition" ? topicWords(text) : [])
      : worthOfTask(step, wanted),
  );
}

function sum(...worths: readonly number[]): number {
  return worths.reduce((total, worth) => total + worth, 0);
}

/** Characters by which a step is known: short ones are quoted with those that follow, which may be quoted by themselves later. */
const KNOWN_BY = 40;

/** Whether a step was quoted in what was said. */
export function wasSaid({ text }: Step, said: string): boolean {
  return said.includes(text.slice(0, KNOWN_BY));
}

/** Where an explanation is wanted, above all, if there are some, what is meant by one of some words. */
function worthOfExplanation({ kind, text, heading }: Step, words: readonly string[]): number {
  // "A trill is …", "There are two rubatos."
  const there = THERE_ARE.exec(text)?.[1];
  const isNamed =
    there === undefined ? words.some((word) => isEntryOn(text, [word])) : sharedWords(words, there) > 0;
  return sum(
    isNamed ? WORTH.definition : 0,
    heading === "" ? WORTH.introduction : NOT_TO_DO.test(heading) ? WORTH.notToDo : 0,
    -WORTH.kind[kind] / 2,
  );
}

/** Where something to do is wanted, or what helps where it hurts: what is done every day is no help then. */
function worthOfTask({ kind, text, heading }: Step, wanted: Wanted): number {
  const isRelief = wanted === "relief";
  return sum(
    WORTH.kind[kind],
    kind !== "explanation" && COUNTED.test(text) ? WORTH.counted : 0,
    TO_DO.test(heading) && !isRelief ? WORTH.toDo : NOT_TO_DO.test(heading) ? WORTH.notToDo : 0,
    isRelief && RELIEF.test(text) ? WORTH.relief : 0,
  );
}

/** What a title is worth, or the label of a step, that says for whom it is: "Beginners, adults: twenty minutes." */
function worthOfLevel(label: string, level: string): number {
  if (level === "") return [null, "intermediate"].includes(levelIn(label)) ? 0 : WORTH.notMiddle;
  const isOwn = isOfLevel(label, level);
  return isOwn === null ? 0 : isOwn ? WORTH.ownLevel : WORTH.otherLevel;
}
