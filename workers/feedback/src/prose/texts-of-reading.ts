import type { Passage } from "../composition/passages.ts";
import type { Reading } from "../composition/reading.ts";
import { isArea } from "../composition/statement.ts";

/** Most texts that are reworded, the foremost: more would keep a player waiting, and few read so far. */
const MOST_TEXTS = 60;

/** Quotations and sources stay as they are: what holds any isn't handed over at all. */
const QUOTES = /[“”[\]]/u;

/**
 * The texts of a reading that may be said in other words, each once: its findings (what is strong, what to work on and why,
 * what was heard where, with the advice on it), its character and the encouragement. Exercises and goals aren't among them:
 * they are to be followed to the letter, they quote the library, and goals quote the player. Nor are the notes on the
 * limits of the reading. So everything here is of our own words. None of what isn't music, which is said in a sentence.
 */
export function textsToReword(reading: Reading): string[] {
  if (reading.priorities.length === 0) return [];
  const { strengths, priorities, encouragement, character, passages } = reading;
  const texts = [
    ...strengths,
    ...priorities.filter(isArea).map(({ why }) => why),
    encouragement,
    ...character,
    ...passages.flatMap(({ insights }) =>
      insights.flatMap(({ observation, advice }) => [observation, advice]),
    ),
  ];
  return [...new Set(texts)].filter((text) => !QUOTES.test(text)).slice(0, MOST_TEXTS);
}

/**
 * A reading in other words: the same, with some of `textsToReword` said otherwise.
 *
 * @param words by the text that they stand for; a text without any stays.
 */
export function reword(reading: Reading, words: ReadonlyMap<string, string>): Reading {
  const say = (text: string) => words.get(text) ?? text;
  return {
    ...reading,
    strengths: reading.strengths.map(say),
    priorities: reading.priorities.map((priority) =>
      isArea(priority) ? { ...priority, why: say(priority.why) } : priority,
    ),
    encouragement: say(reading.encouragement),
    character: reading.character.map(say),
    passages: reading.passages.map((passage) => rewordPassage(passage, say)),
  };
}

function rewordPassage(passage: Passage, say: (text: string) => string): Passage {
  return {
    ...passage,
    insights: passage.insights.map((insight) => ({
      ...insight,
      observation: say(insight.observation),
      advice: say(insight.advice),
    })),
  };
}
