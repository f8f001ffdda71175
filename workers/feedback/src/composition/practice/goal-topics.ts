import type { Dimension } from "@crescendai/contracts";
import type { Topic } from "../topic.ts";

interface GoalTopic {
  readonly topics: readonly Topic[];
  readonly dimension: Dimension;
  readonly words: RegExp;
}

/**
 * Words by which a goal is seen to be about something that is heard. They choose and order among our own exercises;
 * what a player wrote is never followed as an instruction. The more special ones stand first.
 */
const GOAL_TOPICS: readonly GoalTopic[] = [
  {
    topics: ["pedal"],
    dimension: "pedaling_technique",
    words: /\b(?:pedal|blur|muddy)/iu,
  },
  {
    topics: ["balance", "tone"],
    dimension: "tone_quality",
    words: /\b(?:voicing|voice|balance|melody|sing|tone|sound|touch\b|colou?r)/iu,
  },
  {
    topics: ["evenness", "timing"],
    dimension: "rhythmic_precision",
    words: /\b(?:even(?:ly|ness)?\b|uneven|scale|run(?:s|ning)\b|fast|finger|virtuos|technique|agil)/iu,
  },
  {
    topics: ["timing", "evenness"],
    dimension: "rhythmic_precision",
    words: /\b(?:tempo|rhythm|pulse|stead(?:y|ier|iness)|rush|drag|timing|metronome|speed|beat)/iu,
  },
  {
    topics: ["chords"],
    dimension: "note_accuracy",
    words: /\bchord/iu,
  },
  {
    topics: ["dynamics", "balance"],
    dimension: "dynamics_control",
    words:
      /\b(?:dynamic|loud|soft|quiet|crescendo|diminuendo|forte|pianissimo|piano\s+(?:passage|dynamic)|contrast)/iu,
  },
  {
    topics: ["articulation"],
    dimension: "articulation_quality",
    words: /\b(?:articulat|legato|staccato|portato|slur|detach)/iu,
  },
  {
    topics: ["continuity"],
    dimension: "note_accuracy",
    words:
      /\b(?:pause|hesitat|stop|stumbl|flow|continu|memor|fluen|mistake|wrong note|accura|secur|clean|slip)/iu,
  },
  {
    topics: ["phrasing"],
    dimension: "phrasing",
    words: /\b(?:phras|line\b|lines\b|breath|shap)/iu,
  },
  {
    topics: ["expression"],
    dimension: "stylistic_appropriateness",
    words: /\b(?:style|stylis|baroque|classical|romantic|impressionis)/iu,
  },
  {
    topics: ["expression"],
    dimension: "musical_interpretation",
    words: /\b(?:interpret|character|story|meaning)/iu,
  },
  {
    topics: ["expression"],
    dimension: "expressiveness",
    words: /\b(?:express|emotion|feeling|musical|rubato|stiff|mechanical)/iu,
  },
];

/** What a goal is about among the things that are heard; null for any other. */
export function goalTopic(goal: string): Pick<GoalTopic, "topics" | "dimension"> | null {
  return GOAL_TOPICS.find(({ words }) => words.test(goal)) ?? null;
}
