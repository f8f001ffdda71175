import { sharedWords } from "../language/same-word.ts";
import { termsOf, topicWords } from "../language/topic.ts";
import { type Asked, coverage, fitOfTitle } from "./fit.ts";
import { levelFit, levelIn } from "./level.ts";
import { NOT_TO_DO, type Step, TO_DO } from "./steps.ts";

/** What is looked for in passages. */
export interface Sought extends Asked {
  /** Something to do, what explains, above all what a thing is, or what helps where it hurts. */
  readonly wanted: "exercise" | "explanation" | "definition" | "relief";
  /** The player's level, empty if it isn't known. */
  readonly level: string;
  /** What was said already: rather something else. */
  readonly said: string;
  /** Whether something to do will be taken from any passage, whatever it is about: they were searched for by a filter. */
  readonly isWide?: boolean;
}

/**
 * What a step is worth. The document comes first: its title's fit is 0 to 6, so that a step of a document on the question beats
 * a finer one of a document on something else. Then what is wanted, then how much of the question the step itself names.
 */
export const WORTH = {
  /** Of all the question's words, where they stand in title, heading or step. */
  words: 2,
  /** Where something to do is wanted: what it is, and that it stands under a heading such as "Exercises". */
  kind: { instruction: 2, entry: 2, part: 0.7, explanation: 0 },
  toDo: 0.7,
  /** Where it stands under a heading such as "Signs of success". */
  notToDo: -2,
  /** What is only to be left alone. */
  negative: -1,
  /** What says how often or how long. */
  counted: 0.3,
  /** Where it is asked what something is: a sentence that says so. */
  definition: 2,
  /** The same of what a document begins with. */
  introduction: 0.5,
  relief: 3,
  ownLevel: 2,
  otherLevel: -3,
  /** Of a step for one level of several, for whoever hasn't said theirs. */
  someLevel: -1,
  /** For whoever hasn't said their level. */
  advanced: -1.5,
  /** For each document that was found before, and each step before it: searches and lists begin with the best. */
  place: -0.1,
  order: -0.1,
  short: -1,
  question: -0.5,
  /** More than anything else is worth: what was said is said again only if there is nothing else. */
  said: -20,
};

/** Characters under which a step rarely says enough. */
const SHORT = 80;

/** What begins with a question. */
const QUESTION = /^[^.!]*\?/;

/** What says only what not to do, at first. */
const NEGATIVE = /^(?:don't|do not|never|avoid)\b/i;

/** What a step is worth at least, but for what was said before: under it the library has nothing on the question. */
export const LEAST_WORTH = 0.5;

/** What helps where it hurts. */
const RELIEF = /\b(stop|rest|doctor|therapist)\b/i;

/** A sentence that says what a thing is: what stands before, and after. */
const DEFINITION = /^(.{0,40}?)\b(?:is|are|means?)\b(?! not\b)(.{0,30})/;

/** What says how often or how long. */
const COUNTED =
  /\d|\b(once|twice|(two|three|four|five|six|eight|ten|twenty) (times|minutes|bars|notes|repetitions))\b/i;

/** What a document is worth by its title: how well it fits, and whether it is for the player's level. */
export function worthOfDocument(title: string, { text, level }: Sought): number {
  const isTooHard = level === "" && levelIn(title) === "advanced" && levelIn(text) !== "advanced";
  return (
    fitOfTitle(title, text) +
    (levelFit(title, level) < 0 ? WORTH.otherLevel : 0) +
    (isTooHard ? WORTH.advanced : 0)
  );
}

/** What a step is worth besides. */
export function worthOfStep(step: Step, title: string, { text, wanted, level, said }: Sought): number {
  return (
    WORTH.words * coverage(termsOf(text), `${title} ${step.heading} ${step.text}`) +
    WORTH.order * step.order +
    worthOfKind(step, wanted, topicWords(text)) +
    (step.text.length < SHORT ? WORTH.short : 0) +
    worthOfLevel(step.text, level) +
    (QUESTION.test(step.text) ? WORTH.question : 0) +
    (wasSaid(step, said) ? WORTH.said : 0)
  );
}

/** Characters by which a step is known: short ones are quoted with those that follow, which may be quoted by themselves later. */
const KNOWN_BY = 40;

/** Whether a step was quoted in what was said. */
export function wasSaid({ text }: Step, said: string): boolean {
  return said.includes(text.slice(0, KNOWN_BY));
}

function worthOfKind(
  { kind, text, heading }: Step,
  wanted: Sought["wanted"],
  topic: readonly string[],
): number {
  if (wanted === "explanation" || wanted === "definition")
    return (
      (wanted === "definition" && defines(text, topic) ? WORTH.definition : 0) +
      (heading === "" ? WORTH.introduction : NOT_TO_DO.test(heading) ? WORTH.notToDo : 0) -
      WORTH.kind[kind] / 2
    );
  return (
    WORTH.kind[kind] +
    (kind !== "explanation" && COUNTED.test(text) ? WORTH.counted : 0) +
    // What is done every day is no help where it hurts.
    (TO_DO.test(heading) && wanted !== "relief" ? WORTH.toDo : NOT_TO_DO.test(heading) ? WORTH.notToDo : 0) +
    (NEGATIVE.test(text) ? WORTH.negative : 0) +
    (wanted === "relief" && RELIEF.test(text) ? WORTH.relief : 0)
  );
}

/** What the label of a step is worth that says for whom it is: "Beginners, adults: twenty minutes." */
function worthOfLevel(text: string, level: string): number {
  const label = /^[^.:]{1,40}(?=:)/.exec(text)?.[0] ?? "";
  if (level === "") return levelIn(label) === null ? 0 : WORTH.someLevel;
  const fit = levelFit(label, level);
  return fit === 0 ? 0 : fit > 0 ? WORTH.ownLevel : WORTH.otherLevel;
}

/** Whether a text begins by saying what is meant by one of some words: "A trill is …", "There are two rubatos." */
function defines(text: string, words: readonly string[]): boolean {
  const [, before = "", after = ""] = DEFINITION.exec(text) ?? [];
  return sharedWords(words, /^there $/i.test(before) ? after : before) > 0;
}
