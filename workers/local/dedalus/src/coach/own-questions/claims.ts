import { cues, folded } from "../language/cues.ts";
import type { Aspect } from "./aspects.ts";

/** What somebody holds of their playing, or wants to know whether it is so: that it's good, or bad; null if neither. */
export type Claim = "good" | "bad" | null;

/** A question that is answered with yes or no, or a statement. */
const YES_OR_NO = cues`
  ^((so|and|but|well,?|i think|i believe|i feel) )?(my|i|i'm|the|there|it|it's|you|nothing|no)\b
  ^((so|and|but|well,?) )?(do|does|did|is|are|am|was|were|have|has|had|can|could)(n't)?\b`;

const NOT = /\b(not|never|no|nowhere|hardly|nothing)\b|n't\b/;

/** A question that begins with a negation expects the opposite: "Don't I rush?" */
const LEADING_NOT = /^(so |and |but |well,? )?\w+n't\b/;

/** What only asks for assent, at the end: "My pedal is clean, isn't it?" */
const TAG =
  /[,.]? *((is|are|was|were|do|does|did|have|has)(n't)? (it|i|they|there|you|that)|agree|right|correct)\W*$/;

/** What a text claims of an aspect, or asks for yes or no. */
export function claimOf(text: string, { bad, good }: Aspect): Claim {
  const whole = folded(text);
  if (!YES_OR_NO.test(whole)) return null;
  const [said = "", absent = ""] = whole.replace(TAG, "").split(/\bwithout\b/);
  // To be without what is bad is good.
  const isGood = good?.test(said) === true || bad?.test(absent) === true;
  const isBad = bad?.test(said) === true;
  if (isBad === isGood) return null;
  return isBad === NOT.test(said.replace(LEADING_NOT, "")) ? "good" : "bad";
}
