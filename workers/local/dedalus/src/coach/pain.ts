import { folded } from "./language/rules.ts";

/** What tells of pain, or of what may come of it. */
const PAIN = new RegExp(
  "\\b(?:hurt(?:s|ing)?|pain(?:s|ful)?|ach(?:e|es|ing)|burn(?:s|ing)|sore(?:ness)?|numb(?:ness)?|tingl\\w+|cramp\\w*|injur\\w+|" +
    "swelling|swollen|tend[io]nitis|dystonia)\\b",
);

/** Whether a message tells of pain: then nothing is to be practised before that is dealt with. */
export function tellsOfPain(message: string): boolean {
  return painIn(message) !== "";
}

/** What asks how to be spared it, or what it is at all. */
const ABOUT_PAIN =
  /\b(avoid|prevent|protect|without (any |getting )?(pain|hurt|injur|cramp))|^what (is|are|causes) (?!(it|this|that|my|the)\b)/;

/** Whether a message tells of pain that somebody has, rather than asks about pain. */
export function complains(message: string): boolean {
  return tellsOfPain(message) && !ABOUT_PAIN.test(folded(message));
}

/** The word with which a message first tells of pain; empty if it doesn't. */
export function painIn(message: string): string {
  return PAIN.exec(folded(message))?.[0] ?? "";
}
