import { matchesAny } from "../language/matches-any.ts";

/** Something that is asked of a recording and that its sound alone doesn't tell. */
export interface Unheard {
  /** Why, as a sentence. */
  readonly because: string;
  /** Whether something near it can be told: of wrong notes the score for note accuracy. */
  readonly isNear?: true;
}

const ORDINAL =
  "(?:\\d+(?:st|nd|rd|th)?|first|second|third|fourth|fifth|last|next|one|two|three|four|five|six|(?:[b-d]|a(?! (?:bit|little|lot|tad|touch|mess|good|bad)\b)))";

const RULES: readonly (readonly [asked: readonly RegExp[], unheard: Unheard])[] = [
  [
    [
      new RegExp(
        `\\b(?:bars?|measures?) (?:number )?${ORDINAL}\\b|\\b${ORDINAL} (?:bar|measure)\\b` +
          `|\\b(?:what|which|how many) (?:bars?|measures?)\\b`,
        "i",
      ),
      new RegExp(
        `\\b(?:variations?|movement|page|line|system|verse|section|theme|phrase) (?:number |no\\.? )?${ORDINAL}\\b` +
          `|\\b(?:first|second|third|fourth|last) (?:variation|movement|page|line|system|theme|repeat)\\b` +
          `|\\bthe (?:coda|trio|development|recapitulation|exposition|refrain|cadenza|repeat)\\b`,
        "i",
      ),
    ],
    {
      because:
        "Which bar or part of the piece is where I can't tell: I know your recording by its times, not by the score. Name a " +
        "time, such as 0:10, and I tell you what was heard there.",
    },
  ],
  [
    [
      /\b(what|which) key\b(?!.*\b(press|hit|strike|struck|sticks?)\b)/i,
      /\bis (it|this|my piece) in [a-g]\b.*\b(major|minor)\b|\bis (it|this|my piece) in \d\/\d/i,
      /\bwhat (is|are) the (key signature|time signature|metre|meter)\b/i,
    ],
    {
      because: "Which key or metre the piece is in I don't know: the analysis names neither.",
    },
  ],
  [
    [
      /\b(what|which) (piece|music|song|composer)\b.*\b(did i|is (this|it)|was (this|that|it)|am i|i (play(ed)?|recorded))\b/i,
      /\bwho (composed|wrote) (it|this|my piece)\b/i,
    ],
    {
      because: "Which piece it is I don't know: the analysis hears how you play, and names no piece.",
    },
  ],
  [
    [
      /\b(my|the) fingering\b.*(\?|right|correct|good|bad|wrong|ok)|\b(did|do) i use\b.*\b(finger|thumb)/i,
      /\b(my|the) (posture|hand position|(hand|wrist|elbow|shoulder|finger)s? (was|were|look|too|position|relaxed|curved))\b/i,
      /\b(was|were|is|are) my (\w+ )?(posture|wrists?|elbows?|shoulders?|fingers|arms?|back|thumbs?|fingering|sitting)\b/i,
    ],
    {
      because:
        "Of fingering, hands and posture I know nothing: only the sound was listened to. A teacher, or a video of yourself, " +
        "shows them.",
    },
  ],
  [
    [
      /\b(hear|tell|notice|sound(ed)?|seem)\b.*\b(nervous|tired|tense|anxious|afraid|happy|sad|in a hurry|my (feelings?|mood))\b/i,
    ],
    {
      because: "What you felt isn't read from a recording: only the notes, their loudness and the pedal are.",
    },
  ],
  [
    [
      /\b(what|which) (level|grade) (am i|is my|do i|did i)\b|\bwhat('s| is) my (level|grade)\b/i,
      /\bam i (a |an )?(beginner|intermediate|advanced|professional)\b/i,
    ],
    { because: "No level is read from a recording, so I can't tell yours." },
  ],
  [
    [
      /\b(what|which|how many|any|were there|did i (play|hit|make|have)|where)\b.*\b(wrong|false|missed|incorrect) notes?\b/i,
      /\bnotes? (did i|were|was) (wrong|miss)/i,
      /\b(did|have|am) i (play(ed|ing)?|hit|hitting|get|got) (all|every|only)?( of)? ?(the )?(right |correct )?notes?\b/i,
    ],
    { because: "Which notes are wrong nobody can tell without the score.", isNear: true },
  ],
];

/** How the name of a piece, or of somebody, begins: then it's not of the recording alone that is asked. */
const NAME = /(?<=[\p{L},] )(?!I\b|I'|Variation|Movement|Section|Trio|Coda)\p{Lu}\p{Ll}+/u;

/** What a message asks that can't be told from a recording; null if nothing. */
export function unheardIn(message: string): Unheard | null {
  if (NAME.test(message)) return null;
  return RULES.find(([asked]) => matchesAny(asked, message))?.[1] ?? null;
}
