import { cues, folded } from "./cues.ts";

/** What other instruments are called, and are played with: the library is on the piano. */
const OTHER_INSTRUMENT = cues`
  \b(violins?|violas?|cellos?|double bass|fiddle|guitars?|ukulele|banjo|mandolin|flutes?|clarinets?|oboes?|bassoons?)\b
  \b(saxophones?|trumpets?|trombones?|tubas?|accordions?|drum(s| kit|ming)?|harmonica|bagpipes?|embouchure|fretboard)\b`;

/** What makes it a question of the piano again: "sing like a violin". */
const OF_THE_PIANO = /\b(piano|pedal\w*|(left|right) hand|like (an? |the )?\w+)\b/;

/** What is asked of a shop; on editions the library has something. */
const BUYING = cues`
  \b(buy(ing)?|purchase|prices?|cheap(er|est)?|expensive|afford|which brand|what brand|sell(ing)?)\b
  \bhow much (does|do|is|are)\b.*\b(cost|worth)\b|\bcosts?\b.*\bpiano\b|\bpiano brand\b`;
const TO_READ = /\b(editions?|urtext|scores?|sheet music)\b/;

/** What can't be looked up: who is the better composer, what the coach likes, and what a clock or a calendar tells. */
const ELSEWHERE = cues`
  \b(is|was|are|were) (?!(it|this|that|my|the|a|an|there|i)\b)\p{L}+ (a )?(better|greater|worse) (\w+ )?than\b
  (?<!\bhow (do|did|would) (the )?)\b(best|greatest|worst) (composers?|pianists?|musicians?)\b|(?<!\bmy )\bfavou?rite\b
  \bdo you (like|love|prefer|enjoy|hate)\b
  ^what time is it\b|\bwhat is (the (time|date)|today('s date)?)\W*$|\bwhat day is (it|today)\b`;

/** Whether a message asks what a library of the piano has nothing on, whatever words it has in common with it. */
export function isOutside(message: string): boolean {
  const said = folded(message);
  if (OTHER_INSTRUMENT.test(said) && !OF_THE_PIANO.test(said)) return true;
  return (BUYING.test(said) && !TO_READ.test(said)) || ELSEWHERE.test(said);
}
