import {
  type FeatureSpace,
  KNOTS,
  MOST_WEIGHT,
  normalScore,
  scoreOfKnot,
} from "@crescendai/performance-analysis/judgement";
import {
  cumulativeStdNormalProbability,
  mean,
  quantileSorted,
  sampleVariance,
  variance,
} from "simple-statistics";

/** A feature that would count less than this, where all count 1 in the mean, isn't looked at: it tells pianos and rooms apart. */
const LEAST_WEIGHT = 0.2;

/**
 * Lays out features by the rows of the data. What a feature counts is its reliability: how much of its variance is between the
 * segments, not between the copies of one, whose pianos, rooms and microphones differ (the intraclass correlation ICC(1):
 * Shrout & Fleiss 1979). Where every segment has one copy, all count alike.
 *
 * @param segment of each row.
 */
export function layOutFeatures(rows: readonly Float32Array[], segment: readonly number[]): FeatureSpace {
  const width = rows[0].length;
  const knots = new Float32Array(width * KNOTS);
  const weights = new Float32Array(width);
  const copies = [...Map.groupBy(segment.keys(), (row) => segment[row]).values()];
  for (let index = 0; index < width; index += 1) {
    const column = rows.map((row) => row[index]);
    const sorted = column.toSorted((a, b) => a - b);
    for (let knot = 0; knot < KNOTS; knot += 1)
      knots[index * KNOTS + knot] = quantileSorted(sorted, cumulativeStdNormalProbability(scoreOfKnot(knot)));
    const scores = column.map((value) =>
      normalScore(value, knots.subarray(index * KNOTS, (index + 1) * KNOTS)),
    );
    weights[index] = reliability(copies.map((members) => members.map((row) => scores[row])));
  }
  const middle = mean([...weights]);
  return {
    knots,
    weights: weights.map((weight) =>
      weight < LEAST_WEIGHT * middle ? 0 : Math.min(MOST_WEIGHT, weight / middle),
    ),
  };
}

/** Variance between segments as a share of all variance; 0 for a feature that never differs, 1 where nothing has two copies. */
function reliability(segments: readonly (readonly number[])[]): number {
  const between = variance(segments.map((copies) => mean([...copies])));
  if (between === 0) return 0;
  const several = segments.filter(({ length }) => length > 1);
  if (several.length === 0) return 1;
  const within = mean(several.map((copies) => sampleVariance([...copies])));
  const size = mean(segments.map(({ length }) => length));
  const own = Math.max(0, between - within / size);
  return own / (own + within);
}
