import { type Conversation, knownAnalysis, passagesOfTurn } from "../conversation.ts";
import { sharedWords } from "../language/same-word.ts";
import { contentWords } from "../language/words.ts";
import { blocksOf } from "../quotation/passage-text.ts";
import { withSource } from "../quotation/quote.ts";
import { quoteOn } from "../quotation/quote-on.ts";
import { minutesToPractise, subjectOf } from "../subject.ts";
import { minutesIn } from "../time-told.ts";
import type { Passage } from "../tool-results.ts";
import { placesToPractise } from "./own-playing.ts";

/** Entries that make a list a plan, at least, and that are quoted of one at most. */
const LEAST_ENTRIES = 3;
const MOST_ENTRIES = 12;

/** An entry that is whole: its first word and its last sentence are there. */
const WHOLE = /^[\p{Lu}\d♩"“(].*[.!?…][)"”’]*$/u;

/** An entry that says when, or for how long: a plan's do. */
const TIMED = /\d|\b(minutes?|hours?|day|week|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/i;

/**
 * What a plan is worth: for each of its entries, for each word that title and heading share, for its place, and
 * for each doubling by which it's longer or shorter than the time that there is.
 */
const WORTH = { entry: 0.5, named: 2, place: -0.6, doubling: -5 };

/**
 * A plan for the player's time: one of the library, entry by entry, and what to fill it with, from the player's own recording; a
 * piece of advice where there is none. Null if the library has neither.
 */
export function answerPlan(conversation: Conversation): string | null {
  const subject = subjectOf(conversation);
  const own = placesToPractise(knownAnalysis(conversation));
  const minutes = minutesToPractise(conversation);
  const plan =
    subject.type === "words"
      ? planFrom(passagesOfTurn(conversation), contentWords(subject.text), minutes)
      : null;
  if (plan !== null) return [...own, `${titleOf(plan, minutes)}\n\n${plan.text}`].join("\n\n");
  const advice = quoteOn(subject, conversation);
  return advice === null ? null : [...own, `The library says: ${advice.text}`].join("\n\n");
}

/** A plan as it is quoted, and how long it says it takes; null if it doesn't. */
interface Plan {
  readonly text: string;
  readonly minutes: number | null;
}

/** Says so where the plan isn't of the length that the player has. */
function titleOf({ minutes }: Plan, wanted: number | null): string {
  return minutes === null || wanted === null || minutes === wanted
    ? "A plan from the library:"
    : `The library has no plan for ${wanted} minutes that I can find; this one is for ${minutes}:`;
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
