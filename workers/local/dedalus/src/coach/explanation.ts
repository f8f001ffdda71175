import { folded, matchesAny } from "./language/rules.ts";
import { tellsOfPain } from "./pain.ts";

/** What a message wants: something to do, what explains, above all what a thing is, or what helps where it hurts. */
export type Wanted = "exercise" | "explanation" | "definition" | "relief";

/** What asks what a thing is. */
const DEFINITION = [
  /^(what|who) (exactly )?(is|are|was|were|does|do)\b(?! (the |a |an |some )?(good|best)\b)/,
  /\bexplain\b|\bmean(s|ing)?\b|^how (do|does) (?!(i|you|we)\b).*\bwork\W*$/,
];

/** What asks for a reason, for a fact, or whether something is right, rather than for something to do. */
const EXPLANATION = [
  /^how (long|much|many|often|old|high|low|far|close)\b|^(which|when|why)\b|\bdifferences?\b|^tell me about\b/,
  /^(should|can|could|may|must|do|does|is|are|am|will) (i|we|one|it|there|this|that|my|the)\b|^what \w+ (should|does|is|are)\b/,
];

/** What asks for an exercise, or for whatever the library has on something: which is rather something to do. */
const EXERCISE =
  /\b(exercises?|drills?)\b|^what (does|do|can) (the library|your library|you|(the )?books?) (say|know|have) (about|on)\b/;

/** What a message wants of the library, whatever it is about. */
export function wantedBy(message: string): Wanted {
  const said = folded(message);
  if (tellsOfPain(message)) return "relief";
  if (EXERCISE.test(said)) return "exercise";
  // What lies between two things is neither of them.
  if (matchesAny(DEFINITION, said)) return /\bdifferences?\b/.test(said) ? "explanation" : "definition";
  return matchesAny(EXPLANATION, said) ? "explanation" : "exercise";
}
