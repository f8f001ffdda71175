import { folded } from "./language/folded.ts";
import { matchesAny } from "./language/matches-any.ts";
import { tellsOfPain } from "./pain.ts";

/** What a message wants: something to do, what explains, above all what a thing is, or what helps where it hurts. */
export type Wanted = "exercise" | "explanation" | "definition" | "relief";

/** What asks what a thing is. */
const DEFINITION = [
  /^(what|who)('s| (exactly )?(is|are|was|were|does|do))\b(?! (the |a |an |some )?(good|best)\b)/,
  /\bexplain\b|\bmean(s|ing)?\b|^how (do|does) (?!(i|you|we)\b).*\bwork\W*$/,
];

/** What asks for a reason, or for a fact, rather than for something to do. */
const EXPLANATION = [
  /^how (long|much|many|often|old|high|low|far|close)\b|^(which|when|why)\b|^is it (better|good|bad|ok(ay)?|true|normal|worth)\b/,
  /^what (?!exercises?\b|drills?\b)\w+ (should|do|does|is|are)\b|\bdifferences?\b|^tell me about\b/,
];

/** What asks for whatever the library has on something: neither for an explanation nor for an exercise. */
const WHAT_LIBRARY_SAYS =
  /^what (does|do|can) (the library|your library|you|(the )?books?) (say|know|have|tell me|find) (about|on)\b/;

/** What a message wants of the library, whatever it is about. */
export function wantedBy(message: string): Wanted {
  const said = folded(message);
  if (tellsOfPain(message)) return "relief";
  if (WHAT_LIBRARY_SAYS.test(said)) return "exercise";
  // What lies between two things is neither of them.
  if (matchesAny(DEFINITION, said)) return /\bdifferences?\b/.test(said) ? "explanation" : "definition";
  return matchesAny(EXPLANATION, said) ? "explanation" : "exercise";
}
