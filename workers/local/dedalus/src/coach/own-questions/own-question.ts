import { spokenDimension, spokenDimensions } from "../dimensions.ts";
import { namesSomebody } from "../language/names.ts";
import { folded, matchesAny } from "../language/rules.ts";
import { NUMBER_PATTERN, numberOf } from "../time-told.ts";
import { aspectOf } from "./aspect-of.ts";
import { claimOf } from "./claims.ts";
import { type AskedSpan, spansIn } from "./span-asked.ts";
import { type Unheard, unheardIn } from "./unheard.ts";

/**
 * What somebody wants to hear of a recording: what no analysis can tell; what stands out at a time; where something is that was
 * spoken of, or how long and until when it is practised; that it was meant so; how dimensions stand, or all of it; how far
 * figures can be trusted; how fast or how long it was; which places come first, what was wrong, or what was good; or how a side
 * or dimension of playing was.
 */
export type OwnQuestion =
  | { readonly type: "unheard"; readonly what: Unheard }
  | { readonly type: "span"; readonly spans: readonly AskedSpan[] }
  | { readonly type: "where" }
  | { readonly type: "task" }
  | { readonly type: "disputed"; readonly spans: readonly AskedSpan[] }
  | { readonly type: "ranking"; readonly from: "lowest" | "highest"; readonly count: number | null }
  | { readonly type: "reading"; readonly reading: Reading }
  | { readonly type: "playing" };

/** What the analysis of a recording says by itself, whatever else is in the question. */
export type Reading = "overall" | "reliability" | "tempo" | "duration" | "places" | "faults" | "strengths";

/** What asks how something is done, or for an exercise, or what a thing is: the library's matter, whatever else is named. */
const TO_LEARN = [
  /\bhow (do|can|could|should|shall|would|to|does|might)\b/,
  /\b(exercises?|drills?|tips?|practi[sc]e|practi[sc]ing|explain)\b|^why\b|^what (is|are) an? /,
];

/** What asks what is to be done, rather than what was. */
const OUGHT = /\b(needs?|should|must|have to|ought|supposed)\b/;

/** What asks of playing that is over, or of the recording that is at hand. */
const OF_PLAYING = [
  /\b(did|was|were|have|had) (i|it|that|this|there|the|my|any)\b|\b(is|are) there\b/,
  /\bthere (is|are|was|were)\b|^(is|are|do|does|am) (i|it|my|the)\b|^where\b|\bwhat (happen(s|ed)|went)\b/,
  /\bwhat (is|was) (wrong|weak|bad|good|the (matter|problem))\b/,
  /\bhow (is|are|was|were) (my|the|it|that)\b|\b(you (hear|notice)|heard|noticed|sounded)\b/,
  /\babout my\b|^(are|is) both\b|^the\b.*\b(was|were)\b/,
];

/** With what a question begins, or ends. */
const ASKS = /^(and |but |so )?(what|which|who|when|how|where|any|is|was|were|will|did|am|do|can)\b|\?\W*$/;

/** What is said rather than asked. */
const STATED = "^(?!(?:wh\\w+|how|is|are|was|were|am|do|does|did|can)\\b).*";

/** What asks for a grade. */
const RATE_ME =
  /\b(rate|score|grade|mark|judge) (me|my (playing|performance|recording)|it|this|that)\b.*(\?|overall|out of)/;

/** What asks for whatever there is to say. */
const TELL_ME =
  /\b(tell me|say something|anything) about\b|^(and |but |so )?(anything|something|what about|how about)\b/;

/** Dimensions in the plural, and how many of them. */
const RANKING = new RegExp(
  `\\b(${NUMBER_PATTERN})? ?(weakest|lowest|worst|strongest|highest|best) (?:\\w+ )?` +
    "(?:dimensions|scores|areas|skills|aspects|points|readings|things)\\b" +
    "|\\b(rank|list|show|what are|give me|tell me)\\b.*\\b(all|my|the)( \\w+)? (?:scores|dimensions|readings|ratings)\\b",
);

/** What figures are called, and what they are if they can be relied on. */
const FIGURES =
  "\\b(?:scores?|readings?|ratings?|analysis|numbers?|figures?|results?|judge?ments?|measurements?)\\b";
const TRUSTED =
  "\\b(?:(?:un)?reliab\\w+|trust(?:ed|worthy)?|(?:in)?accura\\w+|(?:un)?certain\\w*|sure|exact|precise|valid|objective|" +
  "confiden\\w+|believed?|meaningful)\\b";

/** What a stretch of music is called, and what it is where it wants work. */
const PLACES = "\\b(?:passages?|parts?|spots?|places?|sections?|moments?|bits?)\\b";
const IN_NEED =
  "\\b(?:weak\\w*|worst|poor\\w*|hardest|problem\\w*|bad|trouble|needs?|improve\\w*|fix|critical|wrong|work)\\b";

const RULES = {
  where: [
    new RegExp(
      "^(and |but |so |ok,? )?(where|when|at what (time|second)|which (place|second|moment)s?)" +
        "( (exactly|precisely|(is|was) (it|that|this)|are (they|those)|did (that|this|it) happen" +
        "|in (the|my) (recording|piece|take)))*\\W*$",
    ),
  ],
  task: [
    /^how (long|often|much|many (times|minutes))\b.*\b(do|repeat|practi[sc]e|spend on|work (on|at)) (it|this|that)\b/,
    /^(how (slow|fast)|(what|which) tempo) (should|do|must) i (start|begin|practi[sc]e)( (it|this|that|at|with|in))*\W*$/,
    /\bhow (do|will|can|would) (i|we) (know|tell|notice) (when|if|that|whether) (it|this|that)\b|\bexercise\b.*\bagain\b/,
  ],
  disputed: [
    new RegExp(`${STATED}\\b(?:wrong about|disagree|(?:don't|do not|can't) (?:agree|think so))\\b`),
    new RegExp(
      `${STATED}\\b(?:is|was|are|were) (?:a rest |a pause )?` +
        "(?:written|marked|meant(?! by\\b)|intended|intentional|deliberate|on purpose)\\b",
    ),
  ],
  best: [/\b(my|the) (best|strongest|highest) (dimension|score|skill|area)\b/],
  strengths: [
    /\bwhat did you like\b|\bwhat (went|did i do|do i do|i do|i did) (\w+ )?(well|right|best)\b/,
    /\bwhat (is|was) (good|strong|best)(?! \w+ (at|for|when|on) )\b/,
  ],
  faults: [
    /\b(did|do|have) i (make|made|have) (any |many |some )?(mistakes?|errors?|slips?|faults?)\b/,
    /\b(how many|which|what|any|no|where are( the| my)?) (mistakes?|errors?|slips?|faults?)\b/,
    /\bwhat ((do|did) i do|went|is|was) wrong\b(?! (with|in|about) my\b)/,
  ],
  overall: [
    /\b(overall|total|final|general) (score|mark|grade|rating|quality|reading|impression|result)\b/,
    /\b(what|which) (score|mark|grade) (did|do|have) i\b|\bmy score\b|\bwhat did i score\b/,
    /\bhow (well|good) (did i (play|do)|was (it|that|this|my (playing|performance)))( overall)?\W*$/,
    /\bout of (100|ten|10|a hundred)\b/,
  ],
  reliability: [
    new RegExp(`${TRUSTED}.*${FIGURES}`),
    /^(how (sure|certain|reliable|accurate|exact|precise) (is|are) (it|this|that|these|those|they))\W*$/,
    /^(how (sure|certain) )?are you( (sure|certain))?( (about|of) (it|this|that))?\W*$/,
    new RegExp(`${FIGURES}.*${TRUSTED}`),
    /^(what|is)\b.*(\b\d+ (a )?(good|bad|high|low)\b|±|\bplus or minus\b|\bgive or take\b)|\bexplain (the|my) scores?\b/,
  ],
  tempo: [
    /\bhow (fast|quick(ly)?|slow(ly)?) (did|was|is|do|am|were) (i|it|that|this|my)\b/,
    /\b(what|which)( is| was)? (the |my )?(tempo|speed|bpm)\b(?! of\b(?! (my|this)\b))(?!.*\b(should|mark|for)\b)/,
    /^(is|was|do|did|am) (it|that|this|i|my)\b.*\b(right|good|correct|proper) (tempo|speed)\b/,
    /^(is|was|do|did|am) (it|that|this|i|my \w+)( play(ing)?)?( it| this| that)? too (fast|slow|quick)(ly)?\b/,
  ],
  duration: [
    /\bhow long (is|was|did) (my|the|this|that|it|i) ?(recording|take|performance|playing|piece|play)?\W*$/,
  ],
  places: [
    new RegExp(`\\b(?:what|which|where)\\b.{0,80}${PLACES}.{0,80}${IN_NEED}`),
    new RegExp(`\\b(?:weakest|worst|poorest|problem|trouble|critical|bad|difficult) ${PLACES}`),
  ],
} as const;

/** Those of them that are asked for by no word of another question, the likeliest first. */
const READINGS = ["strengths", "faults", "overall", "tempo", "duration", "places"] as const;

/** What a message wants to hear of a recording; null if nothing that is told from the recording alone. */
export function ownQuestionIn(message: string): OwnQuestion | null {
  const said = folded(message);
  if (matchesAny(RULES.where, said)) return { type: "where" };
  if (matchesAny(RULES.reliability, said)) return { type: "reading", reading: "reliability" };
  if (matchesAny(RULES.task, said)) return { type: "task" };
  const spans = spansIn(said);
  const [span] = spans;
  const isToLearn = matchesAny(TO_LEARN, said);
  if (!isToLearn && matchesAny(RULES.disputed, said)) return { type: "disputed", spans };
  if (spans.length > 1 || (span !== undefined && /\d:\d\d/.test(said))) return { type: "span", spans };
  if (RATE_ME.test(said)) return { type: "reading", reading: "overall" };
  if (isToLearn) return null;
  const isAsked = matchesAny(OF_PLAYING, said) || TELL_ME.test(said) || isShort(said);
  // Who only tells of a page or an ending wants help with it.
  const what = isAsked || ASKS.test(said) ? unheardIn(message) : null;
  if (what !== null) return { type: "unheard", what };
  // "At the end" may be said of anything, and of a side of playing too.
  const isOfPlace =
    span?.isShare === true
      ? (matchesAny(OF_PLAYING, said) || TELL_ME.test(said)) && aspectOf(said) === null
      : isAsked;
  if (span !== undefined && isOfPlace) return { type: "span", spans };
  if (spokenDimensions(said).length > 1 && /\bmy\b.*\b(than|or|versus|vs)\b/.test(said))
    return { type: "ranking", from: "highest", count: null };
  if (matchesAny(RULES.best, said)) return { type: "ranking", from: "highest", count: 1 };
  const ranked = RANKING.exec(said);
  if (ranked !== null)
    return {
      type: "ranking",
      from: /\b(strongest|highest|best)\b/.test(said) ? "highest" : "lowest",
      count: ranked[1] === undefined ? null : numberOf(ranked[1]),
    };
  const reading = READINGS.find((name) => matchesAny(RULES[name], said));
  const isOfOne = reading === "overall" && spokenDimension(said) !== null;
  if (reading !== undefined && !isOfOne) return { type: "reading", reading };
  return !namesSomebody(message) && asksOfPlaying(said) ? { type: "playing" } : null;
}

/** Whether a side or a dimension of playing is asked about as it was played, or claimed to be good. */
function asksOfPlaying(said: string): boolean {
  const aspect = aspectOf(said);
  const isAsked = matchesAny(OF_PLAYING, said) && !OUGHT.test(said);
  if (aspect === null) return spokenDimension(said) !== null && isAsked;
  // Who tells of a fault wants help with it; who tells that there is none may be wrong.
  return isAsked || (claimOf(said, aspect) === "good" && /\b(i|my)\b/.test(said));
}

/** "And at 7 seconds?": so short that nothing else is asked. */
function isShort(said: string): boolean {
  return said.split(/\s+/).length <= 4;
}
