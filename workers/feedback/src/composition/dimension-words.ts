import type { Dimension, DimensionReading } from "@crescendai/contracts";
import type { Register } from "./register.ts";
import type { Topic } from "./topic.ts";
import { whole } from "./wording.ts";

/** How a dimension is called in a sentence, how when talking to a beginner, and what it's practised as. */
export const DIMENSION_WORDS: {
  readonly [Name in Dimension]: { readonly name: string; readonly plain: string; readonly topic: Topic };
} = {
  note_accuracy: { name: "accuracy", plain: "security", topic: "continuity" },
  rhythmic_precision: { name: "rhythmic precision", plain: "sense of the beat", topic: "timing" },
  dynamics_control: { name: "control of dynamics", plain: "use of loud and soft", topic: "dynamics" },
  articulation_quality: { name: "articulation", plain: "touch", topic: "articulation" },
  pedaling_technique: { name: "pedalling", plain: "use of the pedal", topic: "pedal" },
  tone_quality: { name: "tone", plain: "sound", topic: "tone" },
  phrasing: { name: "phrasing", plain: "phrasing", topic: "phrasing" },
  expressiveness: { name: "expressiveness", plain: "expression", topic: "expression" },
  musical_interpretation: { name: "interpretation", plain: "storytelling", topic: "expression" },
  stylistic_appropriateness: { name: "style", plain: "style", topic: "expression" },
  overall_musicality: { name: "musicality as a whole", plain: "musicality", topic: "expression" },
  overall_quality: { name: "the performance as a whole", plain: "playing as a whole", topic: "expression" },
};

/** A dimension's name for this player. */
export function nameOf(dimension: Dimension, register: Register): string {
  const { name, plain } = DIMENSION_WORDS[dimension];
  return register === "simple" ? plain : name;
}

/** A reading that has a score. */
export interface Scored {
  readonly dimension: Dimension;
  readonly score: number;
  readonly uncertainty: number;
}

/** The reading as a score; null where there is none. A score without an uncertainty is none. */
export function scored(
  dimension: Dimension,
  { score, uncertainty }: Pick<DimensionReading, "score" | "uncertainty">,
): Scored | null {
  return score === null || uncertainty === null ? null : { dimension, score, uncertainty };
}

/** "about 72 ± 6": whole points, for no reading is surer. */
export function about({ score, uncertainty }: Omit<Scored, "dimension">): string {
  return `about ${whole(score)} ± ${whole(uncertainty)}`;
}
