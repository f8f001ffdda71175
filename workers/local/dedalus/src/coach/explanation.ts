import { folded } from "./language/folded.ts";
import { matchesAny } from "./language/matches-any.ts";

/** What asks for a thing to be explained, or for a fact, rather than for something to do. */
const EXPLANATION = [
  /^(what|who|which)('s| (exactly )?(is|are|was|were|does|do))\b(?! (the |a |an |some )?(good|best)\b)/,
  /^how (long|much|many|often|old|high|low|far|close)\b|^(which|when|why)\b|^is it (better|good|bad|ok(ay)?|true|normal|worth)\b/,
  /^what (?!exercises?\b|drills?\b)\w+ (should|do|does|is|are)\b/,
  /\bexplain\b|\bmean(s|ing)?\b|\bdifference\b|^how (do|does) (?!(i|you|we)\b).*\bwork\W*$|^tell me about\b/,
];

/** What asks for whatever the library has on something: neither for an explanation nor for an exercise. */
const WHAT_LIBRARY_SAYS =
  /^what (does|do|can) (the library|your library|you|(the )?books?) (say|know|have|tell me|find) (about|on)\b/;

/** Whether a message wants a thing to be explained. */
export function wantsExplanation(message: string): boolean {
  const said = folded(message);
  return !WHAT_LIBRARY_SAYS.test(said) && matchesAny(EXPLANATION, said);
}

/** Whether a message wants to be told what a thing is. */
export function wantsDefinition(message: string): boolean {
  if (!wantsExplanation(message) || /\bdifferences?\b/i.test(message)) return false;
  return /^how (do|does)\b.*\bwork\W*$|^(what|who)('s| (exactly )?(is|are|was|were|does|do))\b|\bexplain\b|\bmean(s|ing)?\b/.test(
    folded(message),
  );
}
