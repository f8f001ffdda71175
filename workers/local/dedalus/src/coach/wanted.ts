import { cues, folded } from "./language/cues.ts";

/** What a message wants: something to do, what explains, above all what a thing is, or what helps where it hurts. */
export type Wanted = "exercise" | "explanation" | "definition" | "relief";

/** What tells of pain, or of what may come of it. */
const PAIN = cues`
  \b(hurt(s|ing)?|pain(s|ful)?|ach(e|es|ing)|burn(s|ing)|sore(ness)?|numb(ness)?|tingl\w+|cramp\w*|injur\w+)\b
  \b(swelling|swollen|tend[io]nitis|dystonia)\b`;

/** What asks how to be spared it, or what it is at all. */
const ABOUT_PAIN = cues`
  \b(avoid|prevent|protect|without (any |getting )?(pain|hurt|injur|cramp))
  ^what (is|are|causes) (?!(it|this|that|my|the)\b)`;

/** Each with its cues; the first that fits counts. */
const WANTED: readonly (readonly [wanted: Wanted, asked: RegExp])[] = [
  ["relief", PAIN],
  // An exercise, or whatever the library has on something: which is rather something to do.
  [
    "exercise",
    cues`\b(exercises?|drills?)\b
      ^what (does|do|can) (the library|your library|you|(the )?books?) (say|know|have) (about|on)\b`,
  ],
  // What lies between two things is neither of them.
  ["explanation", /\bdifferences?\b/],
  [
    "definition",
    cues`^(what|who) (exactly )?(is|are|was|were|does|do)\b(?! (the |a |an |some )?(good|best)\b)
      \bexplain\b|\bmean(s|ing)?\b|^how (do|does) (?!(i|you|we)\b).*\bwork\W*$`,
  ],
  // A reason, a fact, or whether something is right, rather than something to do.
  [
    "explanation",
    cues`^how (long|much|many|often|old|high|low|far|close)\b|^(which|when|why)\b|^tell me about\b
      ^(should|can|could|may|must|do|does|is|are|am|will) (i|we|one|it|there|this|that|my|the)\b|^what \w+ (should|does|is|\
        are)\b`,
  ],
];

/** What a message wants of the library, whatever it is about. */
export function wantedBy(message: string): Wanted {
  const said = folded(message);
  return WANTED.find(([, asked]) => asked.test(said))?.[0] ?? "exercise";
}

/** The word with which a message first tells of pain; empty if it doesn't. */
export function painIn(message: string): string {
  return PAIN.exec(folded(message))?.[0] ?? "";
}

/** Whether a message tells of pain that somebody has, rather than asks about pain: that comes before all else. */
export function complains(message: string): boolean {
  return painIn(message) !== "" && !ABOUT_PAIN.test(folded(message));
}
