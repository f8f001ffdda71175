import { type Analysis, DIMENSIONS, type Dimension, type Section } from "@crescendai/contracts";
import { type Scored, scored } from "./dimension-words.ts";
import { COMMON_ERROR_SAME_MUSIC, PROBABLE, uncertaintyOfDifference } from "./uncertainty.ts";

/** What of an analysis a passage is compared with. */
type StandingOf = Pick<Analysis, "dimensions" | "measurements">;

/** Confidence under which scores are too rough to compare passages, dimensions or takes by. */
const LITTLE_CONFIDENCE = 0.6;

/** All that can be the lowest: the performance as a whole is the sum of the others. */
const COUNTED = DIMENSIONS.filter((name) => name !== "overall_quality");

/**
 * Dimensions in which a passage or a strength is singled out. Not the two that sum up the others; not style, which is judged
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

/**
 * Share of notes held as only a pedal holds them from which a pedal is heard: playing without one is read as up to 0.07, with one
 * as 0.17 or more. Below it nothing is pedalled better or worse in one passage than in another.
 */
const PEDALLED = 0.12;

/** A dimension in which a passage stands above (positive) or below the whole, in points. */
export interface Standing {
  readonly dimension: Dimension;
  readonly points: number;
}

/** Whether there is too little to go by in a recording for anything to be compared with it, or within it. */
export function isRough({ confidence }: Pick<Analysis, "confidence">): boolean {
  return confidence < LITTLE_CONFIDENCE;
}

function isPedalled({ notes }: Analysis["measurements"]): boolean {
  return (notes?.sustained_share ?? 0) >= PEDALLED;
}

/** The dimensions in which a passage stands out, plainest first; pedalling only where a pedal is heard. */
export function standingOf(section: Section, { dimensions, measurements }: StandingOf): Standing[] {
  return PRACTISED.flatMap((dimension): Standing[] => {
    const points = section.against_whole[dimension];
    const whole = scored(dimension, dimensions[dimension]);
    if (points === null || whole === null) return [];
    if (dimension === "pedaling_technique" && !isPedalled(measurements)) return [];
    return Math.abs(points) < Math.max(LEAST_POINTS, whole.uncertainty) ? [] : [{ dimension, points }];
  }).toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

/** The readings, lowest first, but for the sum of them; none where scores are too rough to be compared. */
export function lowestReadings(analysis: Analysis): Scored[] {
  return readingsOf(COUNTED, analysis);
}

/** What there is to work on by its reading: the lowest of all, then the lower of those that single something out. */
export function readingsToPractise(analysis: Analysis): Scored[] {
  const [lowest] = lowestReadings(analysis);
  if (lowest === undefined) return [];
  return [
    lowest,
    ...readingsOf(PRACTISED, analysis).filter(({ dimension }) => dimension !== lowest.dimension),
  ];
}

/** Of the readings in which a strength is singled out the highest; null where scores are too rough to be compared. */
export function highestReading(analysis: Analysis): Scored | null {
  return readingsOf(PRACTISED, analysis).at(-1) ?? null;
}

/** Lowest first; of equals, as the dimensions are ordered. */
function readingsOf(names: readonly Dimension[], analysis: Analysis): Scored[] {
  if (isRough(analysis)) return [];
  return names
    .map((dimension) => scored(dimension, analysis.dimensions[dimension]))
    .filter((reading) => reading !== null)
    .toSorted((a, b) => a.score - b.score);
}

/**
 * The readings above the lowest that are too near to it to be told apart: the difference isn't probable. Two readings of one
 * recording err together as those of two takes do, being made of the same scales.
 *
 * @param readings lowest first.
 */
export function nearestToLowest([lowest, ...others]: readonly Scored[]): Scored[] {
  if (lowest === undefined) return [];
  return others.filter(
    ({ score, uncertainty }) =>
      score - lowest.score <
      PROBABLE * uncertaintyOfDifference(uncertainty, lowest.uncertainty, COMMON_ERROR_SAME_MUSIC),
  );
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
