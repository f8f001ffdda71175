import type { Analysis, Dimension } from "@crescendai/contracts";
import type { Topic } from "../topic.ts";
import { areCounted } from "./measured-topics.ts";

interface GoalTopic {
  /** Null where a recording doesn't tell of it. */
  readonly topic: Topic | null;
  readonly dimension: Dimension;
  readonly words: RegExp;
}

/**
 * Words by which a goal is seen to be about something that is heard. They choose and order among our own exercises;
 * what a player wrote is never followed as an instruction. The more special ones stand first.
 */
const GOAL_TOPICS: readonly GoalTopic[] = [
  {
    topic: "pedal",
    dimension: "pedaling_technique",
    words: /\b(?:pedal|blur|muddy)/iu,
  },
  {
    topic: "balance",
    dimension: "tone_quality",
    words:
      /\b(?:voicing|voice|balance|melody|sing(?:ing)?\b|accompaniment|(?:than|over|above|hear|bring out) (?:the|my) tune\b|tune (?:louder|stronger|out\b)|(?:softer|quieter|lighter|gentler|louder|stronger) (?:\w+ )?(?:left|right) hand|(?:left|right) hand (?:\w+ )?(?:softer|quieter|louder|too loud|too soft|drown))/iu,
  },
  {
    topic: "tone",
    dimension: "tone_quality",
    words: /\b(?:tone|sound|touch\b|colou?r)/iu,
  },
  {
    topic: "evenness",
    dimension: "rhythmic_precision",
    words:
      /\b(?:(?:more|play|run|be) even\b|even(?:ly|ness|er)\b|even (?:scale|run|passage|note|finger)|uneven|scale|run(?:s|ning)\b|fast|finger|virtuos|technique|agil)/iu,
  },
  {
    topic: "timing",
    dimension: "rhythmic_precision",
    words: /\b(?:tempo|rhythm|pulse|stead(?:y|ier|iness)|rush|drag|timing|metronome|speed|beats?\b)/iu,
  },
  {
    topic: "chords",
    dimension: "note_accuracy",
    words: /\bchord/iu,
  },
  {
    topic: "dynamics",
    dimension: "dynamics_control",
    words:
      /\b(?:dynamic|loud|soft|quiet|crescendo|diminuendo|forte|pianissimo|piano\s+(?:passage|dynamic)|contrast)/iu,
  },
  {
    topic: "articulation",
    dimension: "articulation_quality",
    words: /\b(?:articulat|legato|staccato|portato|slur|detach)/iu,
  },
  {
    topic: "continuity",
    dimension: "note_accuracy",
    words:
      /\b(?:without (?:a |any )?(?:stop|break)|stopping|stops\b|(?:no|not|never|don't) stop|stop (?:at|in|halfway)|pause|pausing|hesitat|stumbl|flow|continu|memor|fluen|restart)/iu,
  },
  {
    topic: null,
    dimension: "note_accuracy",
    words: /\b(?:mistake|(?:wrong|right) note|accura|secur|clean|slip)/iu,
  },
  {
    topic: "phrasing",
    dimension: "phrasing",
    words: /\b(?:phras|line\b|lines\b|breath|shap)/iu,
  },
  {
    topic: "expression",
    dimension: "stylistic_appropriateness",
    words: /\b(?:style|stylis|baroque|classical|romantic|impressionis)/iu,
  },
  {
    topic: "expression",
    dimension: "musical_interpretation",
    words: /\b(?:interpret|character|story|meaning)/iu,
  },
  {
    topic: "expression",
    dimension: "expressiveness",
    words: /\b(?:express|emotion|feeling|musical|rubato|stiff|mechanical)/iu,
  },
];

/** What a goal is about among the things that are heard; null for any other. */
export function goalTopic(goal: string): Omit<GoalTopic, "words"> | null {
  return GOAL_TOPICS.find(({ words }) => words.test(goal)) ?? null;
}

/** The same in a recording: to play slow notes evenly is a matter of the beat, unless runs were found that are even or aren't. */
export function goalTopicIn(
  goal: string,
  { measurements: { notes }, findings }: Pick<Analysis, "measurements" | "findings">,
): Omit<GoalTopic, "words"> | null {
  const heard = goalTopic(goal);
  if (heard?.topic !== "evenness" || notes === null || !areCounted(notes)) return heard;
  const isFound = findings.some(({ kind }) => kind === "uneven_runs" || kind === "even_runs");
  return isFound ? heard : { topic: "timing", dimension: heard.dimension };
}

/** Whether a goal is to play notes short: to join them wouldn't serve it. */
export function wantsShort(goal: string): boolean {
  return /\b(?:staccato|portato)/iu.test(goal) && !/\b(?:legato|slur)/iu.test(goal);
}
