import { spokenDimension, spokenDimensions } from "../dimensions.ts";
import { cues, folded, pattern } from "../language/cues.ts";
import { namesSomebody } from "../language/names.ts";
import { NUMBER_PATTERN, numberOf } from "../time-told.ts";
import { aspectOf } from "./aspect-of.ts";
import { claimOf } from "./claims.ts";
import { type AskedSpan, spansIn } from "./span-asked.ts";
import { type Unheard, unheardIn } from "./unheard.ts";

/**
 * What somebody wants to hear of a recording: what no analysis can tell; what stands out at a time; where something is that was
 * spoken of, or how long and until when it is practised; that it was meant so; how dimensions stand, or all of it; how far
 * figures can be trusted; how fast or long it was, or how fast it should be; which places come first, what was wrong, or what
 * was good; or how a side or dimension of playing was.
 */
export type OwnQuestion =
  | { readonly type: "unheard"; readonly what: Unheard }
  | { readonly type: "span" | "disputed"; readonly spans: readonly AskedSpan[] }
  | { readonly type: "where" | "task" | "tempo_wanted" | "playing" }
  | { readonly type: "ranking"; readonly from: "lowest" | "highest"; readonly count: number | null }
  | { readonly type: "reading"; readonly reading: Reading };

/** What the analysis of a recording says by itself, whatever else is in the question. */
export type Reading = "overall" | "reliability" | "tempo" | "duration" | "places" | "faults" | "strengths";

/** What figures are called, and what they are if they can be relied on. */
const FIGURES = pattern`\b(scores?|readings?|ratings?|analysis|numbers?|figures?|results?|judge?ments?|measurements?)\b`;
const TRUSTED = pattern`\b((un)?reliab\w+|trust(ed|worthy)?|(in)?accura\w+|(un)?certain\w*|sure|exact|precise|valid|objective|\
  confiden\w+|believed?|meaningful)\b`;

/** What a stretch of music is called. */
const PLACES = pattern`(passages?|parts?|spots?|places?|sections?|moments?|bits?)\b`;

/** What is said rather than asked. */
const STATED = pattern`^(?!(wh\w+|how|is|are|was|were|am|do|does|did|can)\b).*`;

const CUES = {
  /** How something is done, an exercise, or what a thing is: the library's matter, whatever else is named. */
  toLearn: cues`
    \bhow (do|can|could|should|shall|would|to|does|might)\b
    \b(exercises?|drills?|tips?|practi[sc]e|practi[sc]ing|explain)\b|^why\b|^what (is|are) an? `,
  /** What is to be done, rather than what was. */
  ought: /\b(needs?|should|must|have to|ought|supposed)\b/,
  /** Playing that is over, or the recording that is at hand. */
  ofPlaying: cues`
    \b(did|was|were|have|had) (i|it|that|this|there|the|my|any)\b|\b(is|are) there\b
    \bthere (is|are|was|were)\b|^(is|are|do|does|am) (i|it|my|the)\b|^where\b|\bwhat (happen(s|ed)|went)\b
    \bwhat (is|was) (wrong|weak|bad|good|the (matter|problem))\b
    \bhow (is|are|was|were) (my|the|it|that)\b|\b(you (hear|notice)|heard|noticed|sounded)\b
    \babout my\b|^(are|is) both\b|^the\b.*\b(was|were)\b`,
  /** Whether there should be more or less of something in the playing, not of what is learnt: "Should I learn more scales?" */
  degree: cues`^should (i|it|the|my)\b(?!.*\b(learn|study|know|scales|more chords)\b).*\b(more|less|louder|softer|quieter|\
    faster|slower|lighter|heavier|shorter|longer)\b`,
  /** With what a question begins, or ends. */
  asks: /^(and |but |so )?(what|which|who|when|how|where|any|is|was|were|will|did|am|do|can)\b|\?\W*$/,
  rateMe:
    /\b(rate|score|grade|mark|judge) (me|my (playing|performance|recording)|it|this|that)\b.*(\?|overall|out of)/,
  /** Whatever there is to say. */
  tellMe: cues`
    \b(tell me|say something|anything) about\b
    ^(and |but |so )?(anything|something|what about|how about)\b`,
  where: cues`
    ^(and |but |so |ok,? )?(where|when|at what (time|second)|which (place|second|moment)s?)( (exactly|precisely|(is|was) (it|\
      that|this)|are (they|those)|did (that|this|it) happen|in (the|my) (recording|piece|take)))*\W*$`,
  task: cues`
    ^how (long|often|much|many (times|minutes))\b.*\b(do|repeat|practi[sc]e|spend on|work (on|at)) (it|this|that)\b
    ^(how (slow|fast)|(what|which) tempo) (should|do|must) i (start|begin|practi[sc]e)( (it|this|that|at|with|in))*\W*$
    \bhow (do|will|can|would) (i|we) (know|tell|notice) (when|if|that|whether) (it|this|that)\b|\bexercise\b.*\bagain\b`,
  tempoWanted: cues`
    ^(how (fast|slow(ly)?|quick(ly)?)|(at )?(what|which) (tempo|speed)) (should|must|shall|can|do) (i|it|this|that) (play|go|\
      be|take)( (it|this|that|this piece|my piece|the piece))?\W*$
    ^should (i|it|this) (play |go |be )?(it |this |that |the piece )?(a (bit|little) )?(faster|slower|quicker)\W*$
    ^what (is|should be) the (right|correct|proper|best) (tempo|speed)( for (it|this|that|this piece|my piece))?\W*$
    ^what should (my|the) (tempo|speed) be\W*$`,
  disputed: cues`
    ${STATED}\b(wrong about|disagree|(don't|do not|can't) (agree|think so))\b
    ${STATED}\b(is|was|are|were) (a rest |a pause )?(written|marked|meant(?! by\b)|intended|intentional|deliberate|on purpose)\b`,
  best: /\b(my|the) (best|strongest|highest) (dimension|score|skill|area)\b/,
  /** Dimensions in the plural, and how many of them. */
  ranking: cues`
    \b(?<count>${NUMBER_PATTERN})? ?(weakest|lowest|worst|strongest|highest|best) (\w+ )?(dimensions|scores|areas|skills|\
      aspects|points|readings|things)\b
    \b(rank|list|show|what are|give me|tell me)\b.*\b(all|my|the)( \w+)? (scores|dimensions|readings|ratings)\b`,
  reliability: cues`
    ${TRUSTED}.*${FIGURES}|${FIGURES}.*${TRUSTED}
    ^(how (sure|certain|reliable|accurate|exact|precise) (is|are) (it|this|that|these|those|they))\W*$
    ^(how (sure|certain) )?are you( (sure|certain))?( (about|of) (it|this|that))?\W*$
    ^(what|is)\b.*(\b\d+ (a )?(good|bad|high|low)\b|±|\bplus or minus\b|\bgive or take\b)|\bexplain (the|my) scores?\b`,
};

/** Readings that are asked for by no word of another question, the likeliest first. */
const READINGS: readonly (readonly [reading: Reading, asked: RegExp])[] = [
  [
    "strengths",
    cues`\bwhat did you like\b|\bwhat (went|did i do|do i do|i do|i did) (\w+ )?(well|right|best)\b
      \bwhat (is|was) (good|strong|best)(?! \w+ (at|for|when|on) )\b`,
  ],
  [
    "faults",
    cues`\b(did|do|have) i (make|made|have) (any |many |some )?(mistakes?|errors?|slips?|faults?)\b
      \b(how many|which|what|any|no|where are( the| my)?) (mistakes?|errors?|slips?|faults?)\b
      \bwhat ((do|did) i do|went|is|was) wrong\b(?! (with|in|about) my\b)`,
  ],
  [
    "overall",
    cues`\b(overall|total|final|general) (score|mark|grade|rating|quality|reading|impression|result)\b
      \b(what|which) (score|mark|grade) (did|do|have) i\b|\bmy score\b|\bwhat did i score\b|\bout of (100|ten|10|a hundred)\b
      \bhow (well|good) (did i (play|do)|was (it|that|this|my (playing|performance)))( overall)?\W*$`,
  ],
  [
    "tempo",
    cues`\bhow (fast|quick(ly)?|slow(ly)?) (did|was|is|do|am|were) (i|it|that|this|my)\b
      \b(what|which)( is| was)? (the |my )?(tempo|speed|bpm)\b(?! of\b(?! (my|this)\b))(?!.*\b(should|mark|for)\b)
      ^(is|was|do|did|am) (it|that|this|i|my)\b.*\b(right|good|correct|proper) (tempo|speed)\b
      ^(is|was) (my|the|this|that) (tempo|speed) (\w+ )?(ok(ay)?|right|good|fine|correct|all right)\W*$
      ^(is|was|do|did|am) (it|that|this|i|my \w+)( play(ing)?)?( it| this| that)? too (fast|slow|quick)(ly)?\b`,
  ],
  [
    "duration",
    /\bhow long (is|was|did) (my|the|this|that|it|i) ?(recording|take|performance|playing|piece|play)?\W*$/,
  ],
  [
    "places",
    cues`\b(what|which|where)\b.{0,80}\b${PLACES}.{0,80}\b(weak\w*|worst|poor\w*|hardest|problem\w*|bad|trouble|needs?|\
      improve\w*|fix|critical|wrong|work)\b
      \b(weakest|worst|poorest|problem|trouble|critical|bad|difficult) ${PLACES}`,
  ],
];

/** What a message wants to hear of a recording; null if nothing that is told from the recording alone. */
export function ownQuestionIn(message: string): OwnQuestion | null {
  const said = folded(message);
  const is = (cue: keyof typeof CUES) => CUES[cue].test(said);
  if (is("where")) return { type: "where" };
  if (is("reliability")) return { type: "reading", reading: "reliability" };
  if (is("task")) return { type: "task" };
  if (is("tempoWanted")) return { type: "tempo_wanted" };
  const spans = spansIn(said);
  const [span] = spans;
  const isToLearn = is("toLearn");
  if (!isToLearn && is("disputed")) return { type: "disputed", spans };
  if (spans.length > 1 || (span !== undefined && /\d:\d\d/.test(said))) return { type: "span", spans };
  if (is("rateMe")) return { type: "reading", reading: "overall" };
  if (isToLearn) return null;
  const isOfTake = is("ofPlaying") || is("tellMe");
  // "And at 7 seconds?": so short that nothing else is asked.
  const isAsked = isOfTake || said.split(/\s+/).length <= 4;
  // Who only tells of a page or an ending wants help with it.
  const what = isAsked || is("asks") ? unheardIn(message) : null;
  if (what !== null) return { type: "unheard", what };
  // "At the end" may be said of anything, and of a side of playing too.
  const isOfPlace = span?.isShare === true ? isOfTake && aspectOf(said) === null : isAsked;
  if (span !== undefined && isOfPlace) return { type: "span", spans };
  if (spokenDimensions(said).length > 1 && /\bmy\b.*\b(than|or|versus|vs)\b/.test(said))
    return { type: "ranking", from: "highest", count: null };
  if (is("best")) return { type: "ranking", from: "highest", count: 1 };
  const ranked = CUES.ranking.exec(said);
  if (ranked !== null) {
    const { count } = ranked.groups ?? {};
    const from = /\b(strongest|highest|best)\b/.test(said) ? "highest" : "lowest";
    return { type: "ranking", from, count: count === undefined ? null : numberOf(count) };
  }
  const [reading] = READINGS.find(([, asked]) => asked.test(said)) ?? [];
  const isOfOne = reading === "overall" && spokenDimension(said) !== null;
  if (reading !== undefined && !isOfOne) return { type: "reading", reading };
  return !namesSomebody(message) && asksOfPlaying(said) ? { type: "playing" } : null;
}

/** Whether a side or a dimension of playing is asked about as it was played, or claimed to be good. */
function asksOfPlaying(said: string): boolean {
  const aspect = aspectOf(said);
  const isAsked = (CUES.ofPlaying.test(said) && !CUES.ought.test(said)) || CUES.degree.test(said);
  if (aspect === null) return spokenDimension(said) !== null && isAsked;
  // Who tells of a fault wants help with it; who tells that there is none may be wrong.
  return isAsked || (claimOf(said, aspect) === "good" && /\b(i|my)\b/.test(said));
}
