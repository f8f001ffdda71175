import { cues, pattern } from "./language/cues.ts";

/*
 * How players tell how much time they have: one grammar, by which a length of time is found in what they say, and its minutes
 * are counted.
 */

/** Numbers in words, as players and titles of the library have them. */
const ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(
  " ",
);
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const NUMBERS: Readonly<Record<string, number>> = Object.fromEntries([
  ...ONES.map((word, at) => [word, at + 1] as const),
  ...TENS.flatMap((word, at) => [
    [word, (at + 2) * 10] as const,
    [`${word}-five`, (at + 2) * 10 + 5] as const,
  ]),
]);

/** A number in figures or in words, as a pattern without groups. Longest first: "forty" isn't all of "forty-five". */
export const NUMBER_PATTERN = `\\d{1,3}(?:[.,]\\d+)?|${Object.keys(NUMBERS)
  .toSorted((a, b) => b.length - a.length)
  .join("|")
  .replaceAll("-", "[- ]")}`;

/** A number of minutes ends so, as a pattern. */
export const MINUTES = "min(?:ute)?s?\\b";
const HOURS = "(?:hours?|hrs?)\\b";

/** Lengths of time: "half an hour", "an hour and a half", "two and a half hours", "1 hour 20 minutes", "45 min". */
const FORMS = [
  pattern`(?<quarters>three)[- ]quarters? of an hour\b`,
  pattern`(?:a )?(?<quarter>quarter) of an hour\b`,
  pattern`(?:a )?(?<half>half)[- ](?:an?[- ])?hour\b`,
  `(?<hours>an|a|${NUMBER_PATTERN}) (?:and )?a (?<half>half) ${HOURS}`,
  `(?<hours>an|${NUMBER_PATTERN})[- ]?${HOURS} and a (?<half>half)\\b`,
  `(?<hours>an|${NUMBER_PATTERN})[- ]?${HOURS} (?:and )?(?<minutes>${NUMBER_PATTERN})[- ]?${MINUTES}`,
  `(?<hours>an|${NUMBER_PATTERN})[- ]?${HOURS}`,
  `(?<minutes>a|${NUMBER_PATTERN})[- ]?${MINUTES}`,
];

const LENGTH_OF_TIME = FORMS.map((form) => `(?:${form.replaceAll(/\(\?<\w+>/g, "(?:")})`).join("|");

/** As often as there is so much time for practice; by the week it's no time of a day. */
const A_DAY = "(?:a|per|each|every) (?:day|morning|evening|night|session)\\b|daily\\b";
const A_WEEK = "(?:a|per|each|every) week\\b|weekly\\b";
const OF_PRACTICE = "(?: to practi[sc]e| of practi[sc]e)?";

/** A length of time with how often there is so much, as a pattern without groups: "two hours a day". */
export const TIME_FOR_PRACTICE = `\\b(?:${LENGTH_OF_TIME})${OF_PRACTICE} (?:${A_DAY}|${A_WEEK})`;

const WHOLE_FORMS = FORMS.map((form) => new RegExp(`^(?:${form})$`, "i"));
const FIRST_LENGTH = new RegExp(`\\b(?:${LENGTH_OF_TIME})(?!${OF_PRACTICE} (?:${A_WEEK}))`, "i");

/** How many minutes a text speaks of, the first that it does, those of a week left out; null if of none. */
export function minutesIn(text: string): number | null {
  const said = FIRST_LENGTH.exec(text)?.[0];
  const parts = WHOLE_FORMS.map((form) => (said === undefined ? null : form.exec(said))).find(
    (match) => match !== null,
  )?.groups;
  if (parts === undefined) return null;
  const { hours, minutes, quarters, quarter, half } = parts;
  const whole =
    60 * (hours === undefined ? 0 : numberOf(hours)) + (minutes === undefined ? 0 : numberOf(minutes));
  return whole + (half ? 30 : 0) + (quarter ? 15 : 0) + (quarters ? 45 : 0) || null;
}

/** What is of one day only, and no time that there is a day. */
const OF_NOW = cues`
  \b(?:today|tonight|right now|now|at the moment|tomorrow|this (?:morning|afternoon|evening|time|session))\b
  \bleft(?![ -](?:hand|arm|wrist|thumb|pedal|foot)\b)\b`;
const EACH_DAY = new RegExp(A_DAY, "i");

/** Whether a message tells how much time there is this once: "I only have 20 minutes today." */
export function tellsTimeOfNow(message: string): boolean {
  const isTold = /\b(?:i|i['’]ve|we) (?:\w+ ){0,2}(?:have|got)\b/i.test(message);
  return isTold && minutesIn(message) !== null && OF_NOW.test(message) && !EACH_DAY.test(message);
}

/** What `NUMBER_PATTERN` finds, or "a", as a number. */
export function numberOf(count: string): number {
  const said = count.toLowerCase().replace(" ", "-");
  return said === "a" || said === "an" ? 1 : (NUMBERS[said] ?? Number(said.replace(",", ".")));
}

/** Minutes in words where there is a word for them, else in figures. */
export function minutesInWords(minutes: number): string {
  return Object.entries(NUMBERS).find(([, number]) => number === minutes)?.[0] ?? String(minutes);
}
