import { type Analysis, DIMENSIONS, type Dimension, type Section } from "@crescendai/contracts";
import { type Scored, scored } from "./dimension-words.ts";
import { passagesOfPiece } from "./pieces.ts";
import type { Statement } from "./statement.ts";
import { COMMON_ERROR_SAME_MUSIC, PROBABLE, uncertaintyOfDifference } from "./uncertainty.ts";

/** What of an analysis a passage is compared with. */
type StandingOf = Pick<Analysis, "dimensions" | "sections" | "measurements" | "analysed_duration">;

/** Confidence under which scores are too rough to compare passages, dimensions or takes by. */
const LITTLE_CONFIDENCE = 0.6;

/** All that can be the lowest: the performance as a whole is the sum of the others. */
const COUNTED = DIMENSIONS.filter((name) => name !== "overall_quality");

/**
 * Dimensions in which something is singled out to be practised or praised. Not the two that sum up the others; not style, which
 * is judged against a piece that isn't known; not accuracy, which without the score is only told by stumbles.
 */
const PRACTISED = DIMENSIONS.filter(
  (name) =>
    name !== "overall_musicality" &&
    name !== "overall_quality" &&
    name !== "stylistic_appropriateness" &&
    name !== "note_accuracy",
);

/**
 * Fewest points by which a passage stands out from the passages' mean; by less than the dimension's uncertainty it never does.
 * One performance as WAV, MP3 and AAC differs by 1 to 3 points in a passage (one standard deviation), the most in short ones.
 * Of passages and dimensions in 102 recordings 2.5 % stand out where there are two passages, 2.1 % where three or four, 3.2 %
 * where there are more.
 */
const LEAST_POINTS = 8;

/**
 * The same of dynamics, as a passage has little of their range: of six performances, each on five pianos and in rooms, one in
 * four passages that stood out by 8 points stood the other way on another piano; in the other dimensions one in ten or fewer.
 */
const LEAST_POINTS_OF_DYNAMICS = 12;

/**
 * Dimensions in which a passage is singled out. Not pedalling: a passage has too few changes of it, so that one pedal held all
 * through, or none, is read as 13 to 23 points better or worse here and there. Where it blurs is a finding.
 */
const OF_PASSAGES = PRACTISED.filter((name) => name !== "pedaling_technique");

/** A dimension in which a passage stands above (positive) or below the mean of its piece's passages, in points. */
export interface Standing {
  readonly dimension: Dimension;
  readonly points: number;
}

/** Whether there is too little to go by in a recording for anything to be compared with it, or within it. */
export function isRough({ confidence }: Pick<Analysis, "confidence">): boolean {
  return confidence < LITTLE_CONFIDENCE;
}

/**
 * The dimensions in which a passage stands out from the mean of its piece's passages, plainest first. Not from the recording as
 * a whole: what lies between passages (a change of tempo, loud against soft) is in none of them, so that all may stand above it,
 * or all below.
 */
export function standingOf(section: Section, analysis: StandingOf): Standing[] {
  const { dimensions } = analysis;
  const passages = passagesOfPiece(section, analysis);
  return OF_PASSAGES.flatMap((dimension): Standing[] => {
    const here = section.against_whole[dimension];
    const whole = scored(dimension, dimensions[dimension]);
    if (here === null || whole === null) return [];
    const points = here - meanOfPassages(passages, dimension);
    const least = dimension === "dynamics_control" ? LEAST_POINTS_OF_DYNAMICS : LEAST_POINTS;
    return Math.abs(points) < Math.max(least, whole.uncertainty) ? [] : [{ dimension, points }];
  }).toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

/** Mean of what the passages stand above or below the whole, in points, by their seconds; 0 where none is judged. */
function meanOfPassages(sections: readonly Section[], dimension: Dimension): number {
  let seconds = 0;
  let sum = 0;
  for (const { start, end, against_whole } of sections) {
    const points = against_whole[dimension];
    if (points === null) continue;
    seconds += end - start;
    sum += points * (end - start);
  }
  return seconds === 0 ? 0 : sum / seconds;
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

/** Whether a passage is the one that stands highest in a dimension, the first of equals. */
export function isBest(section: Section, dimension: Dimension, sections: readonly Section[]): boolean {
  const pointsOf = ({ against_whole }: Section) => against_whole[dimension] ?? Number.NEGATIVE_INFINITY;
  return sections.every(
    (other, index) =>
      pointsOf(other) < pointsOf(section) ||
      (pointsOf(other) === pointsOf(section) && index >= sections.indexOf(section)),
  );
}

/**
 * Dimensions in which there is something to work on: their scores are no strength beside it. How long notes sound is the pedal's
 * doing where the pedal blurs.
 */
export function dimensionsAtFault(statements: readonly Statement[]): ReadonlySet<Dimension> {
  const faulty = new Set<Dimension>();
  for (const { weight, dimension } of statements) {
    if (weight === "area" && dimension !== null) faulty.add(dimension);
  }
  if (faulty.has("pedaling_technique")) faulty.add("articulation_quality");
  return faulty;
}

/** The finding that notes are as short as staccato, of which only the player knows whether it is written; undefined if none. */
export function shortNotesIn(statements: readonly Statement[]): Statement | undefined {
  return statements.find(({ weight, finding }) => weight === "remark" && finding.kind === "detached_passage");
}
