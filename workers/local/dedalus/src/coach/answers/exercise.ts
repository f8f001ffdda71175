import { levelFit } from "../level.ts";
import { blocksOf } from "../passage-text.ts";
import type { Passage } from "../tool-results.ts";
import { sentencesOf, sharedWords } from "../words.ts";

/** Sentences that are quoted of a passage, at most. */
const MAX_SENTENCES = 4;

/** Words with which sentences begin that tell somebody to do something. */
const TELLING = new Set(
  `accent add alternate ask begin breathe build change check choose clap close compare conduct connect count cut decide divide
  draw drop exhale feel find finger give group grow hold hum imagine inhale join keep learn leave let lift link listen make
  mark match move name pedal pick place plan play practice practise prepare press pull push put raise read record relax release
  repeat rest return say select set shape sing slow speak spend split start stop sway take tap think touch transpose try use
  vary visualise walk warm work write`.split(/\s+/),
);

/** Sentences of a step within which it must tell to do something: a label may come first. */
const TELLING_SENTENCES = 3;

/** Headings over, and beginnings of, what isn't an exercise but a measure of one, or a warning. */
const NO_EXERCISE = /\btests?\b|\bsigns? of\b|\bmistakes?\b|\bsources\b|\bchecks?\b|\bwhat listeners hear\b/i;

/** Headings over what is to be done, in whatever words. */
const EXERCISES =
  /\bexercises?\b|\bpracti[sc](e|ing)\b|\bdrills?\b|\bplan\b|\bsteps\b|\bhow to do\b|\bday by day\b/i;

/** Headings over what isn't to be done either: reasons, and what to leave alone. */
const NO_ADVICE = /\bwhy\b|\bharm\b|\bforbidden\b|\bwhen not\b/i;

/** What helps where it hurts. */
const RELIEF = /\b(stop|rest|doctor|therapist)\b/i;

/** A sentence that says what a thing is: what stands before, and after. */
const DEFINITION = /^(.{0,40}?)\b(?:is|are|means?)\b(?! not\b)(.{0,30})/;

/** Sentences that only judge, at the end of a paragraph. */
const JUDGING = /^(the )?(common(est)? mistakes?|mistakes?|signs? of success)\b/i;

/** What says how often or how long. */
const COUNTED =
  /\d|\b(once|twice|(two|three|four|five|six|eight|ten) (times|minutes|bars|notes|repetitions))\b/i;

/** Beginnings of sentences that need what stands before them. */
const DEPENDENT =
  /^(\d+|it|its|this|that|they|their|them|these|those|then|so|but|and|also|again|otherwise)\b/i;

/** A sentence that can be quoted: whole, and not a part of what was cut off. */
const WHOLE = /^["“(]?[\p{Lu}♩].*[.!?…][)"”’]*$/u;

/** What is looked for in passages. */
export interface Sought {
  /** What it is to be about. */
  readonly words: readonly string[];
  /** Words by which a title shows that it is what was asked for: these, and those of practising that go with them. */
  readonly titleWords: readonly string[];
  /** Whether passages are of any use that may be about something else: search finds the nearest there is, which may be far. */
  readonly isAnyGood: boolean;
  /** Something to do, what explains, or what helps where it hurts. */
  readonly wanted: "exercise" | "explanation" | "relief";
  /** The player's level, empty if it isn't known. */
  readonly level: string;
  /** What was said already: rather something else. */
  readonly said: string;
}

/** What is quoted, with its source. */
export interface Quotation {
  readonly text: string;
  /** Whether it wasn't said before. */
  readonly isNew: boolean;
}

/** A paragraph or step of a passage that can be quoted. */
interface Step {
  readonly text: string;
  readonly worth: number;
}

/**
 * A step of the best passage, word for word, with its number and title; null if no passage has anything to say. Rather whole
 * steps that tell what to do, and how often, than what tests or explains, unless that is wanted.
 */
export function exerciseFrom(passages: readonly Passage[], sought: Sought): Quotation | null {
  const about = aboutIt(passages, sought);
  const documents = [...new Set(about.map(({ title }) => title))];
  const [best] = about
    .flatMap((passage) =>
      stepsOf(passage, sought).map((step) => ({
        passage,
        text: step.text,
        worth: step.worth + WORTH.place * documents.indexOf(passage.title),
      })),
    )
    .toSorted((a, b) => b.worth - a.worth);
  if (best === undefined) return null;
  return { text: withSource(best.text, best.passage), isNew: !sought.said.includes(best.text) };
}

/** What is quoted with the number of its passage, and below it the source. */
export function withSource(quoted: string, { number, title, author }: Passage): string {
  return `${quoted} [${number}]\n\n[${number}] ${title}${author === null ? "" : `, ${author}`}`;
}

/** The passages that are about what is sought; where any will do, those whose title or heading says so, if there are. */
function aboutIt(passages: readonly Passage[], { words, isAnyGood }: Sought): readonly Passage[] {
  if (!isAnyGood) return passages.filter((passage) => isAbout(passage, words));
  const named = passages.filter(({ title, section }) => sharedWords(words, `${title} ${section}`) > 0);
  return named.length > 0 ? named : passages;
}

/** Words of a question that a passage must have, at least, where its title or heading has one of them. */
const WORDS_WITH_TITLE = 2;
/** The same where neither has. */
const WORDS_WITHOUT_TITLE = 3;

/** Whether a passage is about some words; of one or two it must have all. */
function isAbout({ title, section, excerpt }: Passage, words: readonly string[]): boolean {
  const shared = sharedWords(words, `${title} ${section} ${excerpt}`);
  const isNamed = sharedWords(words, `${title} ${section}`) > 0;
  if (words.length <= 1) return isNamed;
  return shared >= Math.min(words.length, isNamed ? WORDS_WITH_TITLE : WORDS_WITHOUT_TITLE);
}

/** What a step is worth: chosen by reading what comes out for questions of players. */
const WORTH = {
  telling: 3,
  /** Of what stands under a heading such as "Exercises", in whatever words. */
  underExercises: 2,
  counted: 1,
  word: 0.8,
  /** Of the question's words in title and heading, each. */
  named: 2,
  test: -4,
  dependent: -2,
  question: -0.5,
  said: -4,
  /** For each document that was found before. */
  place: -0.6,
  /** Of a text that is for players of another level. */
  otherLevel: -3,
  /** For each step before it: lists begin with what comes first. */
  order: -0.1,
  /** Of a step that is for the player's level. */
  ownLevel: 2,
  relief: 3,
  definition: 3,
  short: -1,
};

/** A quotation, in characters, under which it rarely says enough. */
const SHORT = 80;

/** Words that count at most. */
const MAX_WORDS = 3;

function stepsOf({ title, section, excerpt }: Passage, sought: Sought): Step[] {
  const { words, titleWords, isAnyGood, wanted, level, said } = sought;
  const named = sharedWords(titleWords, `${title} ${section}`);
  const ofTitle =
    WORTH.named * Math.min(MAX_WORDS, named) + (levelFit(title, level) < 0 ? WORTH.otherLevel : 0);
  return blocksOf(excerpt, section).flatMap(({ text, heading }, order) => {
    const sentences = quotable(sentencesOf(text)).slice(0, MAX_SENTENCES);
    const [first] = sentences;
    if (first === undefined) return [];
    const quoted = sentences.join(" ");
    // Of a passage that is about it, a step may be about something else.
    const shared = sharedWords(words, `${title} ${heading} ${quoted}`);
    if (!isAnyGood && shared < Math.min(words.length, WORDS_WITH_TITLE)) return [];
    const toDo = sentences.slice(0, TELLING_SENTENCES).some(tellsToDo)
      ? WORTH.telling
      : EXERCISES.test(heading)
        ? WORTH.underExercises
        : 0;
    const worth =
      ofTitle +
      WORTH.order * order +
      (wanted === "explanation" ? -toDo : toDo) +
      (COUNTED.test(quoted) ? (wanted === "explanation" ? -WORTH.counted : WORTH.counted) : 0) +
      WORTH.word * Math.min(MAX_WORDS, sharedWords(words, quoted)) +
      (wanted === "relief" && RELIEF.test(quoted) ? WORTH.relief : 0) +
      (wanted === "explanation" && defines(first, words) ? WORTH.definition : 0) +
      (wanted !== "explanation" && NO_ADVICE.test(heading) ? WORTH.test : 0) +
      levelWorth(first, level) +
      (NO_EXERCISE.test(heading) || NO_EXERCISE.test(first) ? WORTH.test : 0) +
      (DEPENDENT.test(first) ? WORTH.dependent : 0) +
      (quoted.length < SHORT ? WORTH.short : 0) +
      (quoted.includes("?") ? WORTH.question : 0) +
      (said.includes(quoted) ? WORTH.said : 0);
    return [{ text: quoted, worth }];
  });
}

/** What the label of a step is worth that says for whom it is: "Beginners, adults: twenty minutes." */
function levelWorth(sentence: string, level: string): number {
  const label = /^[^.:]{1,40}(?=:)/.exec(sentence)?.[0] ?? "";
  const fit = levelFit(label, level);
  return fit === 0 ? 0 : fit > 0 ? WORTH.ownLevel : WORTH.otherLevel;
}

/** Whether a sentence says what is meant by one of some words: "A trill is …", "There are two rubatos." */
function defines(sentence: string, words: readonly string[]): boolean {
  const [, before = "", after = ""] = DEFINITION.exec(sentence) ?? [];
  return sharedWords(words, /^there $/i.test(before) ? after : before) > 0;
}

/** The first sentences that can be quoted one after another: whole ones, up to where they only judge. */
function quotable(sentences: readonly string[]): string[] {
  const first = sentences.findIndex((sentence) => WHOLE.test(sentence));
  const rest = first === -1 ? [] : sentences.slice(first);
  const end = rest.findIndex((sentence) => !WHOLE.test(sentence) || JUDGING.test(sentence));
  return rest.slice(0, end === -1 ? rest.length : end);
}

/** Whether a sentence tells to do something, after a label such as "Groups:" if it has one. */
function tellsToDo(sentence: string): boolean {
  const words = /^(?:[^.:]{1,40}: )?(\p{L}+)/u.exec(sentence)?.[1];
  return words !== undefined && TELLING.has(words.toLowerCase());
}
