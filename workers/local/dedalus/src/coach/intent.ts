import { spokenDimension } from "./dimensions.ts";
import { cues, folded, idIn, pattern } from "./language/cues.ts";
import { isOutside } from "./language/outside.ts";
import { hasWordOfWork, topicWords } from "./language/topic.ts";
import { ownQuestionIn } from "./own-questions/own-question.ts";
import { spansIn } from "./own-questions/span-asked.ts";
import { minutesIn, tellsTimeOfNow } from "./time-told.ts";
import { complains } from "./wanted.ts";
import { asksHowToForget, wishIn } from "./wish-to-forget.ts";

/**
 * What somebody wants: to be helped where something hurts; to hear what is remembered of them, to have it forgotten, to know how
 * that is done or how a recording is deleted, how they get on, which recordings there are, about their own playing, why they are
 * told so, what comes after it, a plan for their time, which piece to learn, who the coach is; nothing in particular; how
 * something is done or what it is, or what else the library may know; what is no matter of the piano; or it can't be told.
 */
export type Intent =
  | "body"
  | "goals"
  | "forget"
  | "how_to_forget"
  | "how_to_delete"
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

/** Something to play, with up to two words before it, but none that points at a piece that somebody has. */
const A_PIECE = pattern`(?: (?!(?:of|the|this|that|my|in|for)\b)[\p{L}-]+){0,2} (?:pieces?|repertoire|works|compositions?|\
  sonatas?|nocturnes?|waltz(?:es)?|preludes?|[eé]tudes?)\b`;

/** What the app keeps of a player, and the coach can't delete; not the noise in it. */
const KEPT = pattern`(?:recordings?|takes?|uploads?|files?|audio|sessions?|conversations?|chats?)\b(?! (?:noise|hiss|hum|level|quality)\b)`;

const GREETING = /^(hi|hello|hey|good (morning|afternoon|evening|day))( there| coach)?\W*$/;

const CUES = {
  delete: cues`
    \bdelete( all| of)*( my| this| that| the| these| those| a)?( \w+)? ${KEPT}
    \b(remove|erase|get rid of)( all| of)* (my|this|that|the|these|those)( \w+)? ${KEPT}`,
  smallTalk: cues`
    ^(ok(ay)?|great|cool|bye|goodbye)\W*$
    ^((oh|ah|no|ok(ay)?|well)\b[ ,]*)*(forget (about )?(it|that|this)|never ?mind|leave it)\W*$
    ^(ok(ay)?,? )?(many |great,? )?thank(s| you)\b(?!.*(\?|\b(but|give|show|tell|how|what|another|where)\b))`,
  coach: cues`
    ^(who|what) are you\b|\bwhat is your name\b|^are you (a|an|my|the|real|human|ai|chatgpt|gpt\S*)\b
    ^what (can|do|could) (you|i) (do|ask|help)( you)?( with| for me| about)?\W*$|^(can|do) you (hear|listen to|understand) me\W*$
    ^(how (do|does|can) (you|this|it) (work|help)( me)?|help( me)?( please)?)\W*$`,
  next: cues`
    ^(then( what)?|what (then|next|else|now)|next|go on|continue|more|now what|anything else)$
    ^(what comes )?(next|after (that|this))$|^(what about |what is )?the (next|second|other) (thing|one|point|place|step)$`,
  goals: cues`
    \b(what|which|know|remember)\b.*\bmy (goals?|constraints?|repertoire)\b
    \b(know|remember) ((about|of) me|my level)\b|\b(don't|do not|never) forget my (goals?|constraints?)\b`,
  progress: cues`
    \b(am|did|have|has) (i|it|my \w+) (\w+ )?improv|\b(any|see|much) improvements?\b
    \bprogress\b|\bimproved\b|\bcompare\b|\bcompared\b(?!.*\b(hand|melody|accompaniment|bass)\b)|\bcomparison\b
    \b(am i|did i|have i) (get|got|become)?.*\b(better|worse)\b
    \b(last|previous|earlier|older|other) (take|time|recording)\b|\bwhich\b.*\b(takes?|recordings?)\b.*\b(better|best)\b
    (\.(wav|mp3|m4a|flac|ogg|aac)\b.*){2}`,
  recordings: /\b(my|which|what|list|show)\b.*\brecordings\b/,
  plan: cues`
    \b(plan|schedule|routine|timetable|organi[sz]e|structure|divide|split)\b.*\b(week|days?|daily|session|time)\b
    \b(plan|schedule|organi[sz]e|structure|divide|split)\b.*\bpracti[sc](e|ing)\b
    \b(practi[sc]e|practi[sc]ing|weekly|daily|weeks?|minutes?|hours?)\b.*\b(plan|schedule|routine|timetable)\b
    \b(use|spend|fill)\b.*\b(minutes|hours?|time)\b`,
  fillTime: /\b(plan|schedule|routine|session|what (should|can|could|do|shall) i)\b/,
  repertoire: cues`
    \b(recommend|suggest|choos(e|ing)|pick|look(ing)? for|give me|want)\b${A_PIECE}
    \b(what|which)${A_PIECE}.*\b(should|could|can|shall|to|would|next|level|for me|for an?)\b
    \bwhat( (else|music))? ((should|could|can|shall) i|to) (play|learn|study)( (next|now|after \w.*|then|as (a|an|my) .*))?\W*$`,
  ownPlaying: cues`
    \b(my|this|the) (\w+ )?(playing|recording|take)\b|\b(my|this) (\w+ )?performance\b
    ^(do|am) i (\w+ly )?(\w+ing|too|rush|drag|hesitate|play|pedal|keep)\b|^(is|are|was|were) my\b
    \b(did|was|were|have) i\b|\bi (played|did|was)\b|\b(did|do|can|could) you (hear|notice|find)\b|\byou (heard|noticed)\b
    \bmy (weak|strong|worst|poor|low|pedal|dynamic|rhythm|timing|tempo|articulation|tone|phras|touch|score|reading|result)
    \b(should|can|do|must) i (work|practi[sc]e|focus|improve|fix|start|begin)( on| with)? (first|next|most|now|today)\b
    \b\d{1,2}:\d\d\b|\bdoes (it|that|this) sound\b|^(give me |any |some )?feedback\b|\bhold(s|ing)? me back\b`,
  /** What is about one's own playing where nothing else is named, or one of its dimensions. */
  perhapsOwnPlaying: cues`
    \b(is|are|was|were) (it|that|my)\b|\b(was|were) (the|there)\b|\b(does|did) (it|that|this)\b
    \bstrengths?\b|\bweak\w*\b|\bscores?\b|\bwhat do you think\b|\bwhat can you (say|tell)\b`,
  whatToDo: /\b(what|where) (should|can|could|do|must|shall) i\b/,
  ofReading: /\b(lowe?(st)?|weak\w*|worst|highe?(st)?|scores?)\b/,
  /** What points at what was said before, asks how something is done, and for an exercise. */
  pointer: /\b(it|this|that|these|those|them)\b/,
  how: cues`
    \bhow (do|does|can|could|should|would|to|might)\b|\bdo about\b|\bwork on\b
    \b(better|fix|help|improve|practi[sc]e|tips?|explain|means?)\b`,
  exercise:
    /\b(exercises?|drills?)\b|\banother (one|way)\b|\bsomething (else|simpler|easier|harder)\b|^((and|but|so|ok)\b[ ,]*)?(show me )?how( exactly)?\W*$/,
};

/** What messages want, each with what it is told by: the first that fits counts. */
const INTENTS: readonly (readonly [intent: Intent, fits: (said: string, message: string) => boolean])[] = [
  ["how_to_delete", (said) => CUES.delete.test(said)],
  ["forget", (_, message) => wishIn(message) !== null],
  ["how_to_forget", asksHowToForget],
  ["body", complains],
  ["plan", tellsTimeOfNow],
  ["small_talk", (said) => CUES.smallTalk.test(said) || GREETING.test(said)],
  ["about_coach", (said) => CUES.coach.test(said)],
  ["outside", isOutside],
  ["next", asksForNext],
  ["why", asksWhy],
  ["goals", (said) => CUES.goals.test(said)],
  ["own_playing", (said) => spansIn(said).length > 1],
  ["progress", (said) => CUES.progress.test(said)],
  ["recordings", (said) => CUES.recordings.test(said)],
  ["plan", (said) => CUES.plan.test(said) || (minutesIn(said) !== null && CUES.fillTime.test(said))],
  ["own_playing", (said, message) => ownQuestionIn(message) !== null || idIn(said) !== null],
  ["how_to", pointsBack],
  ["repertoire", (said) => CUES.repertoire.test(said)],
  ["own_playing", (said) => CUES.ownPlaying.test(said)],
  [
    "own_playing",
    (said) => (isOpen(said) || spokenDimension(said) !== null) && CUES.perhapsOwnPlaying.test(said),
  ],
  // What names no topic but speaks of work is about what the player has to work on: "What needs the most attention?"
  ["own_playing", (said) => isOpen(said) && (hasWordOfWork(said) || CUES.whatToDo.test(said))],
  ["unclear", isOpen],
];

/** What a message wants, by its cues; whatever names a topic and nothing else is looked up. */
export function intentOf(message: string): Intent {
  const said = folded(message);
  return INTENTS.find(([, fits]) => fits(said, message))?.[0] ?? "how_to";
}

/** Whether somebody only says hello. */
export function isGreeting(message: string): boolean {
  return GREETING.test(folded(message));
}

/** Whether a message names no topic. */
function isOpen(said: string): boolean {
  return topicWords(said).length === 0;
}

/** "And then?", "What next?" */
function asksForNext(said: string): boolean {
  return CUES.next.test(said.replace(/^((ok|okay|and|so|but)\b[ ,]*)+|[ ,]*\bplease\b|\W+$/g, ""));
}

/** "Why?", "But why is that?": of what was said before, and nothing else; or why a dimension reads as it does. */
function asksWhy(said: string): boolean {
  const isOfReading = spokenDimension(said) !== null && CUES.ofReading.test(said);
  return /^(\w+[ ,]+)?why\b/.test(said) && (isOpen(said) || isOfReading);
}

/** Whether a message asks what to work on, rather than how something was. */
export function asksForWork(message: string): boolean {
  const said = folded(message);
  return (
    /\b(problem|fault|trouble|weak\w*|worst)\b/.test(said) ||
    !/\b(good|bad|overall|(how|what) (was|is|did|do)|think)\b/.test(said)
  );
}

/** Whether a message only points at what was said before: "How do I fix it?", "Give me an exercise." */
export function pointsBack(message: string): boolean {
  const said = folded(message);
  return isOpen(said) && ((CUES.pointer.test(said) && CUES.how.test(said)) || CUES.exercise.test(said));
}
