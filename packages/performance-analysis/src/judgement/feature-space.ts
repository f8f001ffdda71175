/**
 * Where a feature's values lie among those of the data, whatever its scale and however skewed it is, and how far a piano, a room
 * and a microphone leave it as it is.
 */
export interface FeatureSpace {
  /**
   * Quantiles of each feature in the data, `KNOTS` a feature, ascending: those that a normal distribution has at −3 to 3
   * standard deviations, in equal steps.
   */
  readonly knots: Float32Array;
  /** What each feature counts in a distance: 0 or more, 1 in the mean before the least were set to 0. */
  readonly weights: Float32Array;
}

/** Quantiles that are kept of each feature. */
export const KNOTS = 17;
/** Standard deviations at the outermost: beyond, a feature says "unlike anything known", not how much. */
const FURTHEST = 3;
/** Steps a standard deviation in which positions are kept, so that the landmarks' fit into a byte. */
export const POSITION_STEPS = 24;
/** The most that a feature may count: at the outermost knot it still fits into a byte. */
export const MOST_WEIGHT = 127 / (FURTHEST * POSITION_STEPS);

/** The standard deviations at a knot. */
export function scoreOfKnot(knot: number): number {
  return FURTHEST * ((2 * knot) / (KNOTS - 1) - 1);
}

/** How many features count: as many numbers has a position. */
export function countedIn({ weights }: FeatureSpace): number {
  return weights.reduce((sum, weight) => sum + (weight > 0 ? 1 : 0), 0);
}

/** Brings the features that count to where they lie, weighted, in steps of 1/`POSITION_STEPS`. */
export function positionOf(features: ArrayLike<number>, space: FeatureSpace): Float32Array {
  const { knots, weights } = space;
  const position = new Float32Array(countedIn(space));
  let at = 0;
  for (let index = 0; index < weights.length; index += 1) {
    if (!(weights[index] > 0)) continue;
    const from = index * KNOTS;
    const score = normalScore(features[index], knots.subarray(from, from + KNOTS));
    position[at] = score * weights[index] * POSITION_STEPS;
    at += 1;
  }
  return position;
}

/**
 * The standard deviations that a value would lie from the mean if the feature were distributed normally (inverse normal
 * transformation: Conover 1999, _Practical Nonparametric Statistics_, §5.10): −3 to 3, between two knots in proportion. A value
 * that many share has the mean of theirs.
 *
 * @param knots of the feature.
 */
export function normalScore(feature: number, knots: Float32Array): number {
  // As exact as the knots are, so that a value that many share is found among them.
  const value = Math.fround(feature);
  let less = 0;
  while (less < KNOTS && knots[less] < value) less += 1;
  let upTo = less;
  while (upTo < KNOTS && knots[upTo] === value) upTo += 1;
  if (upTo > less || less === 0) return scoreOfShared(knots[less], knots);
  const before = scoreOfShared(knots[less - 1], knots);
  if (less === KNOTS) return before;
  const after = scoreOfShared(knots[less], knots);
  return before + ((after - before) * (value - knots[less - 1])) / (knots[less] - knots[less - 1]);
}

/** The mean score of all knots of one value. */
function scoreOfShared(value: number, knots: Float32Array): number {
  return (scoreOfKnot(knots.indexOf(value)) + scoreOfKnot(knots.lastIndexOf(value))) / 2;
}
