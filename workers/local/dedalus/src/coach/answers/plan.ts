import { type Conversation, knownAnalysis, passagesOfTurn } from "../conversation.ts";
import { sharedWords } from "../language/same-word.ts";
import { contentWords } from "../language/words.ts";
import { blocksOf } from "../quotation/passage-text.ts";
import { withSource } from "../quotation/quote.ts";
import { quoteOn } from "../quotation/quote-on.ts";
import { WHOLE } from "../quotation/steps.ts";
import { minutesToPractise, subjectOf } from "../subject.ts";
import { minutesIn } from "../time-told.ts";
import type { Analysis, Passage } from "../tool-results.ts";
import { allotMinutes } from "./allot-minutes.ts";
import { nameOf, taskText } from "./analysis-text.ts";
import { placesToPractise } from "./own-playing.ts";

/** Entries that make a list a plan, at least, and that are quoted of one at most. */
const LEAST_ENTRIES = 3;
const MOST_ENTRIES = 12;

/** An entry that says when, or for how long: a plan's do. */
const TIMED = /\d|\b(minutes?|hours?|day|week|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/i;

/**
 * What a plan is worth: for each of its entries, for each word that title and heading share, for its place, and
 * for each doubling by which it's longer or shorter than the time that there is.
 */
const WORTH = { entry: 0.5, named: 2, place: -0.6, doubling: -5 };

/**
 * A plan for the player's time: one of the library of that length, entry by entry, and what to fill it with, from the player's
 * own recording; or one made of what the recording's analysis proposes, in minutes that add up; else a plan of another length,
 * which is said, or a piece of advice. Null if there is none of it.
 */
export function answerPlan(conversation: Conversation): string | null {
  const subject = subjectOf(conversation);
  const analysis = knownAnalysis(conversation);
  const minutes = minutesToPractise(conversation);
  const plan =
    subject.type === "words"
      ? planFrom(passagesOfTurn(conversation), contentWords(subject.text), minutes)
      : null;
  const ofDay = /\bweek/i.test(conversation.question) ? [ONE_DAY] : [];
  if (minutes !== null && plan?.minutes !== minutes && analysis !== null && analysis.practice.length > 0)
    return [composed(analysis, minutes), ...ofDay].join("\n\n");
  const own = placesToPractise(analysis);
  if (plan !== null) return [...own, `${titleOf(plan, minutes)}\n\n${plan.text}`, ...ofDay].join("\n\n");
  const advice = quoteOn(subject, conversation);
  return advice === null ? null : [...own, `The library says: ${advice.text}`].join("\n\n");
}

const ONE_DAY =
  "That is for one day. How the days of a week should differ nothing that I was given says: send a new recording when it goes " +
  "well, and the next plan is made of that.";

/** A plan of what the analysis of a recording proposes, of so many minutes in all. */
function composed(analysis: Analysis, total: number): string {
  const { minutes, left } = allotMinutes(
    analysis.practice.map((task) => task.minutes),
    total,
  );
  const tasks = analysis.practice.map(taskText);
  const entries = minutes.map((length, at) => `- ${inMinutes(length)}: ${tasks[at]}`);
  return [
    `A plan for ${inMinutes(total)}, of what was heard in ${nameOf(analysis)}:`,
    "",
    ...entries,
    ...(left === 0 ? [] : [`- ${inMinutes(left)}: the whole piece, or what else you are learning.`]),
  ].join("\n");
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
  const [best] = passages
    .flatMap((passage) => {
      const place = documents.indexOf(passage.title);
      const named = sharedWords(words, `${passage.title} ${passage.section}`);
      return listsIn(passage).map((entries) => ({
        passage,
        entries,
        timed: entries.filter((entry) => TIMED.test(entry)).length,
        worth:
          WORTH.named * named +
          WORTH.place * place +
          WORTH.entry * entries.length +
          WORTH.doubling * doublings(minutesIn(passage.title), minutes),
      }));
    })
    .filter(({ timed, entries }) => timed >= LEAST_ENTRIES && timed > entries.length / 2)
    .toSorted((a, b) => b.worth - a.worth);
  if (best === undefined) return null;
  const quoted = best.entries.slice(0, MOST_ENTRIES).map((entry) => `- ${entry}`);
  return {
    text: withSource(quoted.join("\n"), best.passage),
    minutes: minutesIn(best.passage.title),
  };
}

/** How often one time has to be doubled, or halved, to be the other; 0 where one isn't known. */
function doublings(one: number | null, other: number | null): number {
  return one === null || other === null ? 0 : Math.abs(Math.log2(one / other));
}

/** The lists of a passage, each of its whole entries; what is cut off ends it. */
function listsIn({ section, excerpt }: Passage): string[][] {
  const lists: string[][] = [];
  let isOpen = false;
  for (const { text, isItem } of blocksOf(excerpt, section)) {
    const isEntry = isItem && WHOLE.test(text);
    if (isEntry && isOpen) lists.at(-1)?.push(text);
    else if (isEntry) lists.push([text]);
    isOpen = isEntry;
  }
  return lists;
}
