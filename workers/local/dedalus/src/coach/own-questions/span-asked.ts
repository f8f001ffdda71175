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

/** Times as players have them, and what they make of the groups that were found; the first that fits counts. */
const PATTERNS: readonly (readonly [pattern: string, read: (first: string, second: string) => Span])[] = [
  [
    `(${CLOCK})${TO}(${CLOCK})|\\b(?:between|from)\\s+(?:seconds?\\s+)?(\\d{1,3})${TO}(\\d{1,3})`,
    (one, other) => stretch(secondsIn(one), secondsIn(other)),
  ],
  [
    `\\b(?:after|since)\\s+(${CLOCK})`,
    (time) => ({ name: `the time after ${time}`, start: secondsIn(time), end: Number.POSITIVE_INFINITY }),
  ],
  [`\\b(?:before|until|up to|(?:start|beginning) to)\\s+(${CLOCK})`, (time) => stretch(0, secondsIn(time))],
  [`\\b(first|opening|last|final|closing)\\s+(${COUNTED}|${SECONDS}|${MINUTES})`, edge],
  [
    `(${CLOCK})|\\b(?:at|around|near|after|before|by)\\s+(?:about\\s+|the\\s+)?(${COUNTED})|(${NUMBERED})` +
      `|\\b(${COUNTED})\\s+(?:in|into|from the (?:start|beginning))\\b`,
    (time) => ({ name: clock(secondsIn(time)), start: secondsIn(time), end: secondsIn(time) }),
  ],
];
type Span = Omit<AskedSpan, "isShare">;

/** Thirds and halves of a recording, as players speak of them. */
const SHARES: readonly (readonly [name: string, start: number, end: number, pattern: RegExp])[] = [
  ["the first half", 0, 0.5, /\b(first|opening) half\b/i],
  ["the second half", 0.5, 1, /\b(second|last) half\b/i],
  [
    "the beginning",
    0,
    1 / 3,
    /\b(the|my) (very )?(beginning|start|opening)\b|\bhow (did|do|does) (i|it) (start|begin|open)\b/i,
  ],
  ["the middle", 1 / 3, 2 / 3, /\b(the|my) middle\b/i],
  [
    "the end",
    2 / 3,
    1,
    /\b(the|my) (very )?(end|ending|close|last bars?)\b|\bhow (did|do|does) (i|it) (end|finish|close)\b/i,
  ],
];

/** The time or the stretch of a recording that a text names, or the shares of it, in their order; none if it names none. */
export function spansIn(text: string): AskedSpan[] {
  for (const [pattern, read] of PATTERNS) {
    const found = new RegExp(pattern, "i").exec(text)?.slice(1);
    const [first, second = ""] = found?.filter((group) => group !== undefined) ?? [];
    if (first !== undefined) return [{ ...read(first, second), isShare: false }];
  }
  return SHARES.filter(([, , , pattern]) => pattern.test(text)).map(([name, start, end]) => ({
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

function stretch(one: number, other: number): Span {
  const [start, end] = one <= other ? [one, other] : [other, one];
  return { name: `${clock(start)}–${clock(end)}`, start, end };
}

/** "The last ten seconds". */
function edge(side: string, length: string): Span {
  const seconds = secondsIn(length);
  const isFirst = /^(first|opening)$/i.test(side);
  const name = `the ${side} ${length}`.toLowerCase();
  return isFirst ? { name, start: 0, end: seconds } : { name, start: -seconds, end: 0 };
}
