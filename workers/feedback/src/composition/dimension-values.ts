import { type Analysis, INTERPRETIVE_DIMENSIONS, TECHNICAL_DIMENSIONS } from "@crescendai/contracts";

type Dimensions = Analysis["dimensions"];

/** Means of the scored dimensions of each half, to one decimal; null for a half without any score. */
export function averages(dimensions: Dimensions) {
  return {
    technical_average: average(TECHNICAL_DIMENSIONS.map((name) => dimensions[name].score)),
    interpretive_average: average(INTERPRETIVE_DIMENSIONS.map((name) => dimensions[name].score)),
  };
}

function average(scores: readonly (number | null)[]): number | null {
  const known = scores.filter((score) => score !== null);
  if (known.length === 0) return null;
  return Math.round((10 * known.reduce((sum, score) => sum + score, 0)) / known.length) / 10;
}

/** One member of every dimension's reading, by dimension. */
export function pickReading<Member extends "score" | "uncertainty" | "basis" | "reason">(
  { dimensions: d }: Pick<Analysis, "dimensions">,
  member: Member,
): { readonly [Name in keyof Dimensions]: Dimensions[Name][Member] } {
  return {
    note_accuracy: d.note_accuracy[member],
    rhythmic_precision: d.rhythmic_precision[member],
    dynamics_control: d.dynamics_control[member],
    articulation_quality: d.articulation_quality[member],
    pedaling_technique: d.pedaling_technique[member],
    tone_quality: d.tone_quality[member],
    phrasing: d.phrasing[member],
    expressiveness: d.expressiveness[member],
    musical_interpretation: d.musical_interpretation[member],
    stylistic_appropriateness: d.stylistic_appropriateness[member],
    overall_musicality: d.overall_musicality[member],
    overall_quality: d.overall_quality[member],
  };
}
