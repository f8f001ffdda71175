import { cues, folded, pattern } from "../language/cues.ts";
import { namesSomebody } from "../language/names.ts";

/** Something that is asked of a recording and that its sound alone doesn't tell. */
export interface Unheard {
  readonly asked: RegExp;
  /** Why, as a sentence. */
  readonly because: string;
  /** Whether something near it can be told: of wrong notes the score for note accuracy. */
  readonly isNear?: true;
}

const ORDINAL = pattern`(\d+(st|nd|rd|th)?|first|second|third|fourth|fifth|last|next|one|two|three|four|five|six|[b-d]|\
  a(?! (bit|little|lot|tad|touch|mess|good|bad)\b))`;

const UNHEARD: readonly Unheard[] = [
  {
    asked: cues`
      \b(bars?|measures?) (number )?${ORDINAL}\b|\b${ORDINAL} (bar|measure)\b|\b(what|which|how many) (bars?|measures?)\b
      \b(variations?|movement|page|line|system|verse|section|theme|phrase) (number |no\.? )?${ORDINAL}\b
      \b(first|second|third|fourth|last) (variation|movement|page|line|system|theme|repeat)\b
      \bthe (coda|trio|development|recapitulation|exposition|refrain|cadenza|repeats?)\b`,
    because:
      "Which bar or part of the piece is where I can't tell: I know your recording by its times, not by the score. Name a " +
      "time, such as 0:10, and I tell you what was heard there.",
  },
  {
    asked: cues`
      \b(what|which) (key|(time|key) signature|metre|meter)\b(?!.*\b(press|hit|strike|struck|sticks?)\b)
      \bis (it|this|my piece) in ([a-g]\b.*\b(major|minor)\b|\d\/\d)`,
    because: "Which key or metre the piece is in I don't know: the analysis names neither.",
  },
  {
    asked: cues`
      \b(what|which) (piece|music|song|composer)\b.*\b(did i|is (this|it)|was (this|that|it)|am i|i (play(ed)?|recorded))\b
      \bwho (composed|wrote) (it|this|my piece)\b`,
    because: "Which piece it is I don't know: the analysis hears how you play, and names no piece.",
  },
  {
    asked: cues`
      \b(did|do) i use\b.*\b(finger|thumb)|\b(what|which) (piano|instrument|keyboard|phone|microphone) (did|was|am) i\b
      \b(was|were|is|are) my (\w+ )?(posture|wrists?|elbows?|shoulders?|fingers|arms?|back|thumbs?|fingering|sitting)\b
      \brecorded (with|on|by)\b`,
    because:
      "Of fingering, hands and posture, of the piano and the recorder I know nothing: only the sound was listened to. A " +
      "teacher, or a video of yourself, shows them.",
  },
  {
    asked:
      /\b(hear|tell|notice|sound(ed)?|seem)\b.*\b(nervous|tired|tense|anxious|afraid|happy|sad|in a hurry)\b/,
    because: "What you felt isn't read from a recording: only the notes, their loudness and the pedal are.",
  },
  {
    asked: cues`
      ^(when (will|can|could)|will|how (long|soon|much better))\b.*\bi (ever )?(be|get|become|reach)\b
      \bam i (\w+ )?(talented|gifted|ready|good enough)\b|\b(is|was) (it|this|that) (\w+ )?(ready|good enough)\b(?! to\b)`,
    because:
      "What will come of your practice, or for what it is enough, no recording tells. Send the next take, and I tell you " +
      "what has changed.",
  },
  {
    asked:
      /\b(what|which) (level|grade) (am i|is my|do i|did i)\b|\bam i (an? )?(beginner|intermediate|advanced)\b/,
    because: "No level is read from a recording, so I can't tell yours.",
  },
  {
    asked: cues`
      \b(what|which|how many|any|were there|did i (play|hit|make|have)|where)\b.*\b(wrong|false|missed|incorrect) notes?\b
      \b(did|have|am) i (play(ed|ing)?|hit|hitting|get|got) (all|every|only)?( of)? ?(the )?(right |correct )?notes?\b`,
    because: "Which notes are wrong nobody can tell without the score.",
    isNear: true,
  },
];

/** What a message asks that can't be told from a recording; null if nothing. */
export function unheardIn(message: string): Unheard | null {
  if (namesSomebody(message)) return null;
  return UNHEARD.find(({ asked }) => asked.test(folded(message))) ?? null;
}
