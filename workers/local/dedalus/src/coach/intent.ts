import { spokenDimension } from "./dimensions.ts";
import { asksHowToForget, wishIn } from "./forgetting.ts";
import { idIn } from "./language/id-in.ts";
import { isOutside } from "./language/outside.ts";
import { folded, matchesAny } from "./language/rules.ts";
import { hasWordOfWork, topicWords } from "./language/topic.ts";
import { ownQuestionIn } from "./own-questions/own-question.ts";
import { spansIn } from "./own-questions/span-asked.ts";
import { complains } from "./pain.ts";
import { minutesIn, tellsTimeOfNow } from "./time-told.ts";

/**
 * What somebody wants: to be helped where something hurts; to hear what is remembered of them, to have it forgotten, to know how
 * that is done, how they get on, which recordings there are, about their own playing, why they are told so, what comes after it,
 * a plan for their time, which piece to learn, who the coach is; nothing in particular; how something is done or what it is, or
 * what else the library may know; what is no matter of the piano; or it can't be told.
 */
export type Intent =
  | "body"
  | "goals"
  | "forget"
  | "how_to_forget"
  | "progress"
  | "recordings"
  | "own_playing"
  | "why"
  | "next"
  | "plan"
  | "repertoire"
  | "how_to"
  | "about_coach"
  | "small_talk"
  | "outside"
  | "unclear";

const GOALS = [
  /\b(what|which|know|remember)\b.*\bmy (goals?|constraints?|repertoire)\b/,
  /\b(know|remember) ((about|of) me|my level)\b|\b(don't|do not|never) forget my (goals?|constraints?)\b/,
];

const PROGRESS = [
  /\b(am|did|have|has) (i|it|my \w+) (\w+ )?improv|\b(any|see|much) improvements?\b/,
  /\bprogress\b|\bimproved\b|\bcompare\b|\bcompared\b(?!.*\b(hand|melody|accompaniment|bass)\b)|\bcomparison\b/,
  /\b(am i|did i|have i) (get|got|become)?.*\b(better|worse)\b/,
  /\b(last|previous|earlier|older|other) (take|time|recording)\b|\bwhich\b.*\b(takes?|recordings?)\b.*\b(better|best)\b/,
  // Two files.
  /\.(wav|mp3|m4a|flac|ogg|aac)\b.*\.(wav|mp3|m4a|flac|ogg|aac)\b/,
];

const RECORDINGS = [/\b(my|which|what|list|show)\b.*\brecordings\b/];

/** What is about the player's own playing, whatever else is named. */
const OWN_PLAYING = [
  /\b(my|this|the) (\w+ )?(playing|recording|take)\b|\b(my|this) (\w+ )?performance\b/,
  /^(do|am) i (\w+ly )?(\w+ing|too|rush|drag|hesitate|play|pedal|keep)\b|^(is|are|was|were) my\b/,
  /\b(did|was|were|have) i\b|\bi (played|did|was)\b|\b(did|do|can|could) you (hear|notice|find)\b|\byou (heard|noticed)\b/,
  /\bmy (weak|strong|worst|poor|low|pedal|dynamic|rhythm|timing|tempo|articulation|tone|phras|touch|score|reading|result)/,
  /\b(should|can|do|must) i (work|practi[sc]e|focus|improve|fix|start|begin)( on| with)? (first|next|most|now|today)\b/,
  /\b\d{1,2}:\d\d\b|\bdoes (it|that|this) sound\b|^(give me |any |some )?feedback\b|\bhold(s|ing)? me back\b/,
];

/** What asks to have the time for practice divided. */
const PLAN = [
  /\b(plan|schedule|routine|timetable|organi[sz]e|structure|divide|split)\b.*\b(week|days?|daily|session|time)\b/,
  /\b(plan|schedule|organi[sz]e|structure|divide|split)\b.*\bpracti[sc](e|ing)\b/,
  /\b(practi[sc]e|practi[sc]ing|weekly|daily|weeks?|minutes?|hours?)\b.*\b(plan|schedule|routine|timetable)\b/,
  /\b(use|spend|fill)\b.*\b(minutes|hours?|time)\b/,
];

/** "Give me a plan for 20 minutes", "I have a quarter of an hour, what should I do?" */
function asksToFillTime(said: string): boolean {
  return (
    minutesIn(said) !== null &&
    /\b(plan|schedule|routine|session|what (should|can|could|do|shall) i)\b/.test(said)
  );
}

const A_PIECE =
  "(?:pieces?|repertoire|works|compositions?|sonatas?|nocturnes?|waltz(?:es)?|preludes?|[eé]tudes?)";

/** Up to two words that may stand before it, but none that points at a piece that somebody has. */
const WHAT_KIND = "(?: (?!(?:of|the|this|that|my|in|for)\\b)[\\p{L}-]+){0,2}";

/** What asks for something to play, not how to play it. */
const REPERTOIRE = [
  new RegExp(
    `\\b(?:recommend|suggest|choos(?:e|ing)|pick|look(?:ing)? for|give me|want)\\b${WHAT_KIND} ${A_PIECE}\\b`,
    "u",
  ),
  new RegExp(
    `\\b(?:what|which)${WHAT_KIND} ${A_PIECE}\\b.*\\b(?:should|could|can|shall|to|would|next|level|for me|for an?)\\b`,
    "u",
  ),
  new RegExp(
    "\\bwhat(?: (?:else|music))? (?:(?:should|could|can|shall) i|to) (?:play|learn|study)" +
      "(?: (?:next|now|after \\w.*|then|as (?:a|an|my) .*))?\\W*$",
  ),
];

/** What is about the coach itself. */
const ABOUT_COACH = [
  /^(who|what) are you\b|\bwhat is your name\b|^are you (a|an|my|the|real|human|ai|chatgpt|gpt\S*)\b/,
  /^what (can|do|could) (you|i) (do|ask|help)( you)?( with| for me| about)?\W*$|^(can|do) you (hear|listen to|understand) me\W*$/,
  /^(how (do|does|can) (you|this|it) (work|help)( me)?|help( me)?( please)?)\W*$/,
];

/** What is about it where nothing else is named, or one of its dimensions. */
const PERHAPS_OWN_PLAYING = [
  /\b(is|are|was|were) (it|that|my)\b|\b(was|were) (the|there)\b|\b(does|did) (it|that|this)\b/,
  /\bstrengths?\b|\bweak\w*\b|\bscores?\b|\bwhat do you think\b|\bwhat can you (say|tell)\b/,
];

/** A farewell, or thanks with whatever is said besides that asks for nothing. */
const THANKS =
  /^(ok(ay)?|great|cool|bye|goodbye)\W*$|^(ok(ay)?,? )?(many |great,? )?thank(s| you)\b(?!.*(\?|\b(but|give|show|tell|how|what|another|where)\b))/;

const GREETING = /^(hi|hello|hey|good (morning|afternoon|evening|day))( there| coach)?\W*$/;

const NEXT = [
  /^(then( what)?|what (then|next|else|now)|next|go on|continue|more|now what|anything else)$/,
  /^(what comes )?(next|after (that|this))$|^(what about |what is )?the (next|second|other) (thing|one|point|place|step)$/,
];

/** Whether somebody only says hello. */
export function isGreeting(message: string): boolean {
  return GREETING.test(folded(message));
}

/** "And then?", "What next?" */
function asksForNext(said: string): boolean {
  const bare = said.replace(/^((ok|okay|and|so|but)\b[ ,]*)+|[ ,]*\bplease\b|\W+$/g, "");
  return matchesAny(NEXT, bare);
}

/** "Why?", "But why is that?": of what was said before, and nothing else; or why a dimension reads as it does. */
function asksWhy(said: string): boolean {
  const isOfReading =
    spokenDimension(said) !== null && /\b(lowe?(st)?|weak\w*|worst|highe?(st)?|scores?)\b/.test(said);
  return /^(\w+[ ,]+)?why\b/.test(said) && (topicWords(said).length === 0 || isOfReading);
}

/**
 * What a message wants, by rules over its words. One that names no topic, but speaks of work, is about what the player has to
 * work on, in whatever words: "What needs the most attention?"
 */
export function intentOf(message: string): Intent {
  const said = folded(message);
  if (wishIn(message) !== null) return "forget";
  if (asksHowToForget(message)) return "how_to_forget";
  if (complains(said)) return "body";
  if (tellsTimeOfNow(message)) return "plan";
  if (THANKS.test(said) || GREETING.test(said)) return "small_talk";
  if (matchesAny(ABOUT_COACH, said)) return "about_coach";
  if (isOutside(said)) return "outside";
  if (asksForNext(said)) return "next";
  if (asksWhy(said)) return "why";
  if (matchesAny(GOALS, said)) return "goals";
  if (spansIn(said).length > 1) return "own_playing";
  if (matchesAny(PROGRESS, said)) return "progress";
  if (matchesAny(RECORDINGS, said)) return "recordings";
  if (matchesAny(PLAN, said) || asksToFillTime(said)) return "plan";
  if (ownQuestionIn(message) !== null || idIn(said) !== null) return "own_playing";
  if (pointsBack(message)) return "how_to";
  if (matchesAny(REPERTOIRE, said)) return "repertoire";
  if (matchesAny(OWN_PLAYING, said)) return "own_playing";
  const isOpen = topicWords(said).length === 0;
  if ((isOpen || spokenDimension(said) !== null) && matchesAny(PERHAPS_OWN_PLAYING, said))
    return "own_playing";
  if (isOpen) return speaksOfWork(said) ? "own_playing" : "unclear";
  return "how_to";
}

/** Whether a message asks what to work on, rather than how something was. */
export function asksForWork(message: string): boolean {
  const said = folded(message);
  return (
    /\b(problem|fault|trouble|weak\w*|worst)\b/.test(said) ||
    !/\b(good|bad|overall|(how|what) (was|is|did|do)|think)\b/.test(said)
  );
}

/** "What should I do?", "Where do I begin?", and whatever has a word of work in it. */
function speaksOfWork(said: string): boolean {
  return hasWordOfWork(said) || /\b(what|where) (should|can|could|do|must|shall) i\b/.test(said);
}

/** What points at what was said before, and what asks how that is done. */
const POINTER = /\b(it|this|that|these|those|them)\b/;
const ASKS_HOW = [
  /\bhow (do|does|can|could|should|would|to|might)\b|\bdo about\b|\bwork on\b/,
  /\b(better|fix|help|improve|practi[sc]e|tips?|explain|means?)\b/,
];
const ASKS_FOR_EXERCISE =
  /\b(exercises?|drills?)\b|\banother (one|way)\b|\bsomething (else|simpler|easier|harder)\b/;

/** Whether a message only points at what was said before: "How do I fix it?", "Give me an exercise." */
export function pointsBack(message: string): boolean {
  const said = folded(message);
  const asksHow = POINTER.test(said) && matchesAny(ASKS_HOW, said);
  return topicWords(said).length === 0 && (asksHow || ASKS_FOR_EXERCISE.test(said));
}
