import { topicWords } from "./words.ts";

/**
 * What somebody wants: to have something remembered, to hear what is remembered, how they get on, which recordings there are,
 * about their own playing, how something is done; nothing in particular; or something else.
 */
export type Intent =
  | "tell"
  | "goals"
  | "progress"
  | "recordings"
  | "own_playing"
  | "how_to"
  | "small_talk"
  | "other";

const GOALS = [
  /\b(what|which|know|remember)\b.*\bmy (goals?|constraints?|repertoire)\b/,
  /\bknow about me\b/,
];

const PROGRESS = [
  /\bprogress\b|\bimproved\b|\bimprovement\b|\bcompar/,
  /\b(am i|did i|have i) (get|got|become)?.*\bbetter\b/,
  /\b(last|previous|earlier) (take|time|recording)\b/,
];

const RECORDINGS = [/\b(my|which|what|list|show)\b.*\brecordings\b/];

const OWN_PLAYING = [
  /\b(my|this|the) (\w+ )?(playing|recording|performance|take|piece)\b|\bdid i\b/,
  /\bhow (was|is) (it|my|that)\b|\bwhat (should|can|do) i (work|practi[sc]e|focus|improve|do)\b/,
  /\bshould i (work|practi[sc]e|focus)\b|\bstrengths?\b|\bweakest\b|\bweakness/,
  /\bmy (weak|strong|weakest|strongest|pedal|dynamic|rhythm|timing|tempo|articulation|tone|phras|touch)/,
];

const HOW_TO = [
  /\bhow\b|\bwhy\b|\bexplain\b|\bwhat (is|are|does)\b|\bshow me\b/,
  /\bexercises?\b|\bpracti[sc](e|ing)\b|\bfix\b|\bimprove\b|\btips?\b|\bhelp\b/,
];

const SMALL_TALK = [
  /^(hi|hello|hey|thanks?( you)?( so much| a lot| very much)?|ok(ay)?|great|cool)\W*$/,
  /^(good (morning|evening|day)|bye)\W*$/,
];

/** What a message wants, by rules over its words. */
export function intentOf(message: string): Intent {
  const said = message.toLowerCase().replaceAll("’", "'");
  if (toldFacts(message) !== null) return "tell";
  if (SMALL_TALK.some((rule) => rule.test(said.trim()))) return "small_talk";
  if (GOALS.some((rule) => rule.test(said))) return "goals";
  if (PROGRESS.some((rule) => rule.test(said))) return "progress";
  if (RECORDINGS.some((rule) => rule.test(said))) return "recordings";
  if (OWN_PLAYING.some((rule) => rule.test(said))) return "own_playing";
  return HOW_TO.some((rule) => rule.test(said)) ? "how_to" : "other";
}

/** Whether a message only points at what was said before: "How do I fix it?" */
export function pointsBack(message: string): boolean {
  return /\b(it|this|that|these|those|them)\b/i.test(message) && topicWords(message).length === 0;
}

/** What somebody says about themselves, in their own words. */
export interface ToldFacts {
  readonly goals?: string;
  readonly constraints?: string;
}

const GOAL_TOLD =
  /(?:^|[.!?;]\s*|\b(?:and|that)\s+)my (?:new |main |next |only )?goals? (?:is|are)(?: now)?:? (.+?)(?:[.!?](?:\s|$)|$)/is;

const CONSTRAINT_TOLD =
  /(?:^|[.!?;,]\s*|\band\s+)((?:i (?:can )?(?:only|just) (?:have|practi[sc]e)|i have (?:only|just)) .+?)(?:[.!?](?:\s|$)|$)/is;

/** What a message tells to be remembered; null if nothing. A question tells nothing. */
export function toldFacts(message: string): ToldFacts | null {
  const goals = GOAL_TOLD.exec(message)?.[1]?.trim();
  const constraints = CONSTRAINT_TOLD.exec(message)?.[1]?.trim();
  if (goals === undefined && constraints === undefined) return null;
  return {
    ...(goals === undefined ? {} : { goals }),
    ...(constraints === undefined ? {} : { constraints }),
  };
}
