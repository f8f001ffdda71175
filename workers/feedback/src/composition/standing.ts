import { type Analysis, DIMENSIONS, type Dimension, type Section } from "@crescendai/contracts";
import { type Scored, scored } from "./dimension-words.ts";

type Dimensions = Analysis["dimensions"];

/** Confidence under which scores are too rough to compare passages or dimensions by. */
export const LITTLE_CONFIDENCE = 0.6;

/**
 * Dimensions that single out something to practise. Not the two that sum up the others; not style, which is judged
 * against a piece that isn't known; not accuracy, which without the score is only told by stumbles.
 */
const PRACTISED = DIMENSIONS.filter(
  (name) =>
    name !== "overall_musicality" &&
    name !== "overall_quality" &&
    name !== "stylistic_appropriateness" &&
    name !== "note_accuracy",
);

/**
 * Fewest points by which a passage stands out from the whole; by less than the dimension's uncertainty it never does. One
 * performance as WAV, MP3 and AAC differs by 1 to 3 points in a passage (one standard deviation), the most in short ones.
 */
const LEAST_POINTS = 8;

/** A dimension in which a passage stands above (positive) or below the whole, in points. */
export interface Standing {
  readonly dimension: Dimension;
  readonly points: number;
}

/** The dimensions in which a passage stands out, plainest first. */
export function standingOf(section: Section, dimensions: Dimensions): Standing[] {
  return PRACTISED.flatMap((dimension): Standing[] => {
    const points = section.against_whole[dimension];
    const whole = scored(dimension, dimensions[dimension]);
    if (points === null || whole === null) return [];
    return Math.abs(points) < Math.max(LEAST_POINTS, whole.uncertainty) ? [] : [{ dimension, points }];
  }).toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

/** The readings that single out something to practise, lowest first; none where scores are too rough for that. */
export function lowestReadings({ dimensions, confidence }: Analysis): Scored[] {
  if (confidence < LITTLE_CONFIDENCE) return [];
  return PRACTISED.map((dimension) => scored(dimension, dimensions[dimension]))
    .filter((reading) => reading !== null)
    .toSorted((a, b) => a.score - b.score);
}

/** The score's distance from the mean of the player's other readings, in points. */
export function againstOthers(reading: Scored, readings: readonly Scored[]): number {
  const others = readings.filter(({ dimension }) => dimension !== reading.dimension);
  if (others.length === 0) return 0;
  return reading.score - others.reduce((sum, { score }) => sum + score, 0) / others.length;
}

/** The passage that stands lowest in a dimension, the first of equals; null where there's only one. */
export function lowestPassage(sections: readonly Section[], dimension: Dimension): Section | null {
  if (sections.length < 2) return null;
  const pointsOf = (section: Section) => section.against_whole[dimension] ?? 0;
  return sections.reduce((lowest, section) => (pointsOf(section) < pointsOf(lowest) ? section : lowest));
}
