import { type Conversation, knownAnalysis, passagesOf, searchesOf } from "../conversation.ts";
import { rankedDimensions, wordsFor } from "../dimensions.ts";
import { sharedWords } from "../language/same-word.ts";
import { contentWords } from "../language/words.ts";
import { blocksOf } from "../quotation/passage-text.ts";
import { quoteOn, withSource } from "../quotation/quote.ts";
import { WHOLE } from "../quotation/steps.ts";
import { minutesToPractise, subjectOf } from "../subject.ts";
import { minutesIn } from "../time-told.ts";
import type { Analysis, Passage } from "../tool-results.ts";
import { allotMinutes } from "./allot-minutes.ts";
import { nameOf, scoreText, taskText } from "./analysis-text.ts";
import { listOf } from "./list.ts";

/** Entries that make a list a plan, at least, and that are quoted of one at most; places that it is filled with at most. */
const LEAST_ENTRIES = 3;
const MOST_ENTRIES = 12;
const MOST_PLACES = 2;

/** An entry that says when, or for how long: a plan's do. */
const TIMED = /\d|\b(minutes?|hours?|day|week|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/i;

/**
 * What a plan is worth: for each of its entries, for each word that title and heading share, for its place, and
 * for each doubling by which it's longer or shorter than the time that there is.
 */
const WORTH = { entry: 0.5, named: 2, place: -0.6, doubling: -5 };

const ONE_DAY =
  "That is for one day. How the days of a week should differ nothing that I was given says: send a new recording when it goes " +
  "well, and the next plan is made of that.";

/**
 * A plan for the player's time: one of the library of that length, entry by entry, and what to fill it with, from the player's
 * own recording; or one made of what the recording's analysis proposes, in minutes that add up; else a plan of another length,
 * which is said, or a piece of advice. Null if there is none of it.
 */
export function answerPlan(conversation: Conversation): string | null {
  const subject = subjectOf(conversation);
  const analysis = knownAnalysis(conversation);
  const minutes = minutesToPractise(conversation);
  const plan = planFrom(passagesOf(searchesOf(conversation.thisTurn)), contentWords(subject.text), minutes);
  const ofDay = /\bweek/i.test(conversation.question) ? [ONE_DAY] : [];
  if (minutes !== null && plan?.minutes !== minutes && analysis !== null && analysis.practice.length > 0)
    return [composed(analysis, minutes), ...ofDay].join("\n\n");
  const own = placesToPractise(analysis);
  if (plan !== null) return [...own, `${titleOf(plan, minutes)}\n\n${plan.text}`, ...ofDay].join("\n\n");
  const advice = quoteOn(subject, conversation);
  return advice === null ? null : [...own, `The library says: ${advice.text}`].join("\n\n");
}

/** What the time for practice is to be filled with, first: what stood out in a recording, and its weakest dimension. */
function placesToPractise(analysis: Analysis | null): string[] {
  if (analysis === null) return [];
  const [weakest] = rankedDimensions(analysis);
  const places = analysis.priorities.slice(0, MOST_PLACES);
  if (weakest !== undefined)
    places.push(`The weakest dimension, ${wordsFor(weakest)}: ${scoreText(analysis, weakest)}.`);
  return places.length === 0
    ? []
    : [listOf(`What to work on in that time, from ${nameOf(analysis)}:`, places)];
}

/** A plan of what the analysis of a recording proposes, of so many minutes in all. */
function composed(analysis: Analysis, total: number): string {
  const { minutes, left } = allotMinutes(
    analysis.practice.map((task) => task.minutes),
    total,
  );
  const tasks = analysis.practice.map(taskText);
  const entries = minutes.map((length, at) => `${inMinutes(length)}: ${tasks[at]}`);
  if (left > 0) entries.push(`${inMinutes(left)}: the whole piece, or what else you are learning.`);
  return listOf(`A plan for ${inMinutes(total)}, of what was heard in ${nameOf(analysis)}:\n`, entries);
}

function inMinutes(minutes: number): string {
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

/** A plan as it is quoted, and how long it says it takes; null if it doesn't. */
interface Plan {
  readonly text: string;
  readonly minutes: number | null;
}

/** Says how long the plan is, where that isn't what the player has, or where they haven't said what they have. */
function titleOf({ minutes }: Plan, wanted: number | null): string {
  if (minutes === null || minutes === wanted) return "A plan from the library:";
  return wanted === null
    ? `A plan from the library, for ${inMinutes(minutes)}; how long you have you haven't told me:`
    : `The library has no plan for ${inMinutes(wanted)} that I can find; this one is for ${minutes}:`;
}

function planFrom(
  passages: readonly Passage[],
  words: readonly string[],
  minutes: number | null,
): Plan | null {
  const documents = [...new Set(passages.map(({ title }) => title))];
  const plans = passages.flatMap((passage) => {
    const { title, section } = passage;
    const length = minutesIn(title);
    // How often one time has to be doubled, or halved, to be the other.
    const doublings = length === null || minutes === null ? 0 : Math.abs(Math.log2(length / minutes));
    const ofPassage =
      WORTH.named * sharedWords(words, `${title} ${section}`) +
      WORTH.place * documents.indexOf(title) +
      WORTH.doubling * doublings;
    return listsIn(passage).map((entries) => ({
      passage,
      entries,
      timed: entries.filter((entry) => TIMED.test(entry)).length,
      worth: ofPassage + WORTH.entry * entries.length,
    }));
  });
  const [best] = plans
    .filter(({ timed, entries }) => timed >= LEAST_ENTRIES && timed > entries.length / 2)
    .toSorted((a, b) => b.worth - a.worth);
  if (best === undefined) return null;
  const quoted = best.entries.slice(0, MOST_ENTRIES).map((entry) => `- ${entry}`);
  return { text: withSource(quoted.join("\n"), best.passage), minutes: minutesIn(best.passage.title) };
}

/** The lists of a passage, each of its whole entries; what is cut off ends it. */
function listsIn({ section, excerpt }: Passage): string[][] {
  const lists: string[][] = [[]];
  for (const { text, isItem } of blocksOf(excerpt, section)) {
    if (isItem && WHOLE.test(text)) lists.at(-1)?.push(text);
    else lists.push([]);
  }
  return lists;
}
