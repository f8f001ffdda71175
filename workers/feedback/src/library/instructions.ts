/*
 * By which words a passage shows that it asks for something to be done, and can be quoted by itself. English, as is all
 * that is said here; in another language nothing is found, and our own suggestions stand.
 */

const VERBS = [
  "add alternate ask begin breathe build catch change check choose clap close compare conduct connect count decide feel find",
  "fill give grow hear hold imagine join keep learn leave let lift listen make mark move name pedal pick place play practice",
  "practise prepare press put read record release repeat rest say set shape sing speak start stop take tap think touch",
  "transpose try use walk work write",
];

const IMPERATIVE = new RegExp(
  `^(?:[^.:]{1,40}[.:]\\s*)?(?:(?:first|then|now|once|always) )?(?:${alternatives(VERBS)})\\b`,
  "iu",
);

/** Whether a text begins by telling what to do, after a label such as "Groups (time):" if it has one. */
export function isImperative(text: string): boolean {
  return IMPERATIVE.test(withoutEmphasis(text));
}

const NUMBERS = ["one two three four five six eight ten once twice"];
const COUNTABLES = ["time times minute minutes bar bars second seconds day days note notes beat beats"];

const COUNTED = new RegExp(
  `\\b(?:\\d+|${alternatives(NUMBERS)})\\b[^.]{0,25}\\b(?:${alternatives(COUNTABLES)})\\b|` +
    "\\b(?:once|twice|metronome|bpm)\\b|♩",
  "iu",
);

/** Whether a text says how often, how long or how fast. */
export function isCounted(text: string): boolean {
  return COUNTED.test(withoutEmphasis(text));
}

const REFERRING_WORDS = [
  "it it's its this that these those they their he she his her so also but and or again both there such here another",
  "otherwise then neither",
];

const DEPENDENT = [
  new RegExp(`^(?:${alternatives(REFERRING_WORDS)})\\b`, "iu"),
  /^(?:the (?:same|second|other|latter|first)|if not|in both|after that)\b/iu,
  /^[^.:,;]{0,30}\b(?:also|too|however|therefore)\b/iu,
  /\b(?:step|exercise|stage|number) \d\b/iu,
];

/** Whether a text needs what stands before it to be understood. */
export function isDependent(text: string): boolean {
  const plain = withoutEmphasis(text);
  return DEPENDENT.some((sign) => sign.test(plain));
}

const JUDGING = /\b(?:signs? of success|mistakes?|a test of|what is heard|long term|how long it takes)\b/iu;

/** Whether a section with this heading tells how to judge rather than how to practise. */
export function isJudging(heading: string): boolean {
  return JUDGING.test(heading);
}

function withoutEmphasis(text: string): string {
  return text.replace(/[*_]/gu, "");
}

function alternatives(lists: readonly string[]): string {
  return lists.join(" ").replaceAll(" ", "|");
}
