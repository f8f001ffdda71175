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

const CLOCK = "(\\d{1,2}):(\\d\\d)(?!\\d)";
const SECONDS = "(?:s|secs?|seconds?)\\b";
/** "1 minute 30", "one minute and ten". */
const MINUTES_AND_SECONDS = `(${NUMBER_PATTERN})\\s*${MINUTES}\\s+(?:and\\s+)?(${NUMBER_PATTERN})`;

/** What joins the ends of a stretch: "0:05–0:10", "from 5 to 10 seconds", "between 0:05 and 0:10". */
const TO = "\\s*(?:-|–|to|and|until|till)\\s*";

const PATTERNS: readonly (readonly [
  pattern: RegExp,
  read: (groups: readonly string[]) => Omit<AskedSpan, "isShare">,
])[] = [
  [
    new RegExp(`${CLOCK}${TO}${CLOCK}`, "i"),
    ([a = "", b = "", c = "", d = ""]) => stretch(at(a, b), at(c, d)),
  ],
  [new RegExp(`\\b(after|since)\\s+${CLOCK}`, "i"), ([, a = "", b = ""]) => after(at(a, b))],
  [
    new RegExp(`\\b(before|until|up to|(?:start|beginning) to)\\s+${CLOCK}`, "i"),
    ([, a = "", b = ""]) => stretch(0, at(a, b)),
  ],
  [new RegExp(CLOCK), ([a = "", b = ""]) => point(at(a, b))],
  [
    new RegExp(`\\b(?:between|from)\\s+(?:seconds?\\s+)?(\\d{1,3})${TO}(\\d{1,3})(?:\\s*${SECONDS})?`, "i"),
    ([a = "", b = ""]) => stretch(Number(a), Number(b)),
  ],
  [
    new RegExp(
      `\\b(first|opening|initial|last|final|closing)\\s+(${NUMBER_PATTERN})?\\s*(${SECONDS}|${MINUTES})`,
      "i",
    ),
    ([side = "", count = "", unit = ""]) => edge(side, numberOf(count || "one"), unit),
  ],
  [
    new RegExp(
      `\\b(?:at|around|about|near|after|before|by)\\s+(?:about\\s+)?${MINUTES_AND_SECONDS}(?![\\w:])`,
      "i",
    ),
    ([a = "", b = ""]) => point(numberOf(a) * 60 + numberOf(b)),
  ],
  [
    new RegExp(
      `\\b${MINUTES_AND_SECONDS}(?:\\s*${SECONDS})?\\s+(?:in|into|from the (?:start|beginning))\\b`,
      "i",
    ),
    ([a = "", b = ""]) => point(numberOf(a) * 60 + numberOf(b)),
  ],
  [
    new RegExp(
      `(?<!\\b(?:${NUMBER_PATTERN})\\s*)\\b(sec|second|minute)\\s+(${NUMBER_PATTERN})(?![\\w:])`,
      "i",
    ),
    ([unit = "", count = ""]) => point(inSeconds(numberOf(count), unit)),
  ],
  [/\b(\d{1,3})(?:st|nd|rd|th)\s+second\b/i, ([count = ""]) => point(Number(count))],
  [
    new RegExp(
      `\\b(?:at|around|about|near|after|before|by)\\s+(?:about\\s+|the\\s+)?(${NUMBER_PATTERN})\\s*${SECONDS}`,
      "i",
    ),
    ([count = ""]) => point(numberOf(count)),
  ],
  [
    new RegExp(`\\b(${NUMBER_PATTERN})\\s*${SECONDS}\\s+(?:in|into|from the (?:start|beginning))\\b`, "i"),
    ([count = ""]) => point(numberOf(count)),
  ],
  [
    new RegExp(`\\b(?:at|around)\\s+(?:minute\\s+)?(${NUMBER_PATTERN})\\s*(?:${MINUTES})`, "i"),
    ([count = ""]) => point(numberOf(count) * 60),
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

/** The time, or the stretch, of a recording that a text names; null if none. */
export function spanIn(text: string): AskedSpan | null {
  for (const [pattern, read] of PATTERNS) {
    const found = pattern.exec(text);
    if (found !== null) return { ...read(found.slice(1)), isShare: false };
  }
  const share = SHARES.find(([pattern]) => pattern.test(text));
  if (share === undefined) return null;
  const [, name, start, end] = share;
  return { name, start, end, isShare: true };
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

function at(minutes: string, seconds: string): number {
  return Number(minutes) * 60 + Number(seconds);
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

function edge(side: string, count: number, unit: string) {
  const isFirst = /^(first|opening|initial)$/i.test(side);
  const length = inSeconds(count, unit);
  const word = length === count ? "second" : "minute";
  const name = `the ${isFirst ? "first" : "last"} ${count === 1 ? word : `${count} ${word}s`}`;
  return isFirst ? { name, start: 0, end: length } : { name, start: -length, end: 0 };
}

/** `unit` as it is written: what begins with an m is minutes. */
function inSeconds(count: number, unit: string): number {
  return /^m/i.test(unit) ? count * 60 : count;
}
