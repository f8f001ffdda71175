import { MINUTES, NUMBER_PATTERN, numberOf } from "../time-told.ts";

/** A time, or a stretch, of a recording that somebody asks about; in seconds from its start. */
export interface AskedSpan {
  /** In the words of the answer: "1:08", "the first 10 seconds". */
  readonly name: string;
  /** Counted from the end if negative; as a share of the recording if `isShare`. */
  readonly start: number;
  readonly end: number;
  readonly isShare: boolean;
}

const NUMBER = `(?:${NUMBER_PATTERN})`;
const SECONDS = "(?:s|secs?|seconds?)\\b";
const CLOCK = "\\d{1,2}:\\d\\d(?!\\d)";
/** "7 seconds", "2 minutes", "one minute and ten". */
const COUNTED = `${NUMBER}\\s*(?:${SECONDS}|${MINUTES}(?:\\s+(?:and\\s+)?${NUMBER}(?:\\s*${SECONDS})?)?)`;
/** "second 11", "the 7th second". */
const NUMBERED = `(?<!${NUMBER}\\s*)\\b(?:sec|second|minute)\\s+${NUMBER}(?![\\w:])|\\b\\d{1,3}(?:st|nd|rd|th)\\s+second\\b`;

/** What joins the ends of a stretch: "0:05–0:10", "from 5 to 10 seconds", "between 0:05 and 0:10". */
const TO = "\\s*(?:-|–|to|and|until|till)\\s*";

/** Times as players have them, and what is read of the groups that were found; the first that fits counts. */
const PATTERNS: readonly (readonly [
  pattern: string,
  read: (groups: readonly string[]) => Omit<AskedSpan, "isShare">,
])[] = [
  [
    `(${CLOCK})${TO}(${CLOCK})|\\b(?:between|from)\\s+(?:seconds?\\s+)?(\\d{1,3})${TO}(\\d{1,3})`,
    ([one = "", other = ""]) => stretch(secondsIn(one), secondsIn(other)),
  ],
  [`\\b(?:after|since)\\s+(${CLOCK})`, ([time = ""]) => after(secondsIn(time))],
  [
    `\\b(?:before|until|up to|(?:start|beginning) to)\\s+(${CLOCK})`,
    ([time = ""]) => stretch(0, secondsIn(time)),
  ],
  [
    `\\b(first|opening|last|final|closing)\\s+(${COUNTED}|${SECONDS}|${MINUTES})`,
    ([side = "", length = ""]) => edge(side.toLowerCase(), length.toLowerCase()),
  ],
  [
    `(${CLOCK})|\\b(?:at|around|near|after|before|by)\\s+(?:about\\s+|the\\s+)?(${COUNTED})|(${NUMBERED})` +
      `|\\b(${COUNTED})\\s+(?:in|into|from the (?:start|beginning))\\b`,
    ([time = ""]) => point(secondsIn(time)),
  ],
];

/** Thirds and halves of a recording, as players speak of them. */
const SHARES: readonly (readonly [pattern: RegExp, name: string, start: number, end: number])[] = [
  [/\b(first|opening) half\b/i, "the first half", 0, 0.5],
  [/\b(second|last) half\b/i, "the second half", 0.5, 1],
  [
    /\b(the|my) (very )?(beginning|start|opening)\b|\bhow (did|do|does) (i|it) (start|begin|open)\b/i,
    "the beginning",
    0,
    1 / 3,
  ],
  [/\b(the|my) middle\b/i, "the middle", 1 / 3, 2 / 3],
  [
    /\b(the|my) (very )?(end|ending|close|last bars?)\b|\bhow (did|do|does) (i|it) (end|finish|close)\b/i,
    "the end",
    2 / 3,
    1,
  ],
];

/** The time or the stretch of a recording that a text names, or the shares of it, in their order; none if it names none. */
export function spansIn(text: string): AskedSpan[] {
  for (const [pattern, read] of PATTERNS) {
    const found = new RegExp(pattern, "i").exec(text);
    const groups = found?.slice(1).filter((group) => group !== undefined);
    if (groups !== undefined) return [{ ...read(groups), isShare: false }];
  }
  return SHARES.filter(([pattern]) => pattern.test(text)).map(([, name, start, end]) => ({
    name,
    start,
    end,
    isShare: true,
  }));
}

/** A stretch of a recording, in seconds from its start; what is unknown of its length is left as it was asked. */
export function spanWithin(
  { start, end, isShare }: AskedSpan,
  duration: number | null,
): { readonly start: number; readonly end: number } | null {
  if (duration === null && (isShare || start < 0)) return null;
  const whole = duration ?? 0;
  if (isShare) return { start: start * whole, end: end * whole };
  return start < 0 ? { start: Math.max(0, whole + start), end: whole } : { start, end };
}

/** Seconds as players read and write them: 1:07. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A time, or a length, as it is said, in seconds; a unit alone is one of it. */
function secondsIn(said: string): number {
  const [first = 1, second = 0] = (said.match(new RegExp(NUMBER, "gi")) ?? []).map(numberOf);
  return /:|min/i.test(said) ? first * 60 + second : first;
}

function point(seconds: number) {
  return { name: clock(seconds), start: seconds, end: seconds };
}

function stretch(one: number, other: number) {
  const [start, end] = one <= other ? [one, other] : [other, one];
  return { name: `${clock(start)}–${clock(end)}`, start, end };
}

function after(start: number) {
  return { name: `the time after ${clock(start)}`, start, end: Number.POSITIVE_INFINITY };
}

function edge(side: string, length: string) {
  const seconds = secondsIn(length);
  const name = `the ${side} ${length}`;
  return /^(first|opening)$/.test(side)
    ? { name, start: 0, end: seconds }
    : { name, start: -seconds, end: 0 };
}
