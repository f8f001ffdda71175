import { median, quantile } from "../signal/statistics.ts";
import type { OnsetGroup } from "./onset-groups.ts";

/** How one of the running notes departs from the even spacing around it. */
export type RunDeviation = {
  readonly time: number;
  /** Seconds; positive is late. Scaled so that independent errors keep their size. */
  readonly deviation: number;
  /** Seconds from one of the running notes to the next, as played around here. */
  readonly step: number;
};

/** Distances on each side from which the step is taken. */
const NEIGHBOURS = 6;
/**
 * A distance is so many steps if it comes this near to the whole number, in steps, so that triplets after duplets don't
 * count; or so near in seconds, as quick notes may well be this uneven.
 */
const STEP_TOLERANCE = 0.36;
const TOLERANCE_SECONDS = 0.09;
const LARGEST_TOLERANCE = 0.47;
/** How fast the step of a run follows what is played: over about five notes. */
const FOLLOWING = 0.2;
/** Part of the step under which the notes around are another note value. */
const FINER = 0.62;
/** Longer notes than this, in steps, end a run, and so do steps outside these seconds: ornaments, and slow notes. */
const LONGEST_NOTE = 4;
const SHORTEST_STEP = 0.07;
const LONGEST_STEP = 0.75;
/** Fewer onsets in a row aren't a run. */
const LEAST_RUN = 7;
/** Onsets on each side of the local curve: two beats of quavers; a bar's rubato is followed, a stumble isn't. */
const REACH = 4;

/**
 * Finds runs of evenly meant onsets and how each departs from a parabola through its neighbours (local regression,
 * Cleveland 1979, of onset time over the count of steps): what a change of tempo explains isn't unevenness. Each
 * residual is divided by √(1 − its own leverage), so that its scale is that of the single onset's error. Onsets that fit no
 * step, though the run goes on around them, count with what they miss it by.
 */
export function findRunDeviations(groups: readonly OnsetGroup[]): RunDeviation[] {
  const distances = groups.slice(1).map(({ time }, index) => time - groups[index].time);
  const found: RunDeviation[] = [];
  let positions: number[] = [0];
  let times: number[] = groups.length > 0 ? [groups[0].time] : [];
  let step: number | null = null;
  let missed: RunDeviation[] = [];
  const beginAt = (time: number) => {
    if (times.length >= LEAST_RUN) found.push(...deviationsOf(positions, times), ...missed);
    positions = [0];
    times = [time];
    missed = [];
    step = null;
  };
  for (let index = 0; index < distances.length; index += 1) {
    const { time } = groups[index + 1];
    const around = stepAround(distances, index);
    // Another note value has taken over: a run keeps to one.
    if (step !== null && around !== null && around < FINER * step && distances[index] < FINER * step) {
      beginAt(groups[index].time);
    }
    step ??= around;
    if (step === null) {
      beginAt(time);
      continue;
    }
    const steps = (time - times[times.length - 1]) / step;
    const count = Math.round(steps);
    // Less than half a step: an ornament, or a loose chord taken apart.
    if (count === 0) {
      missed.push({ time, deviation: step / 2, step });
      continue;
    }
    if (count <= LONGEST_NOTE && Math.abs(steps - count) <= toleranceAt(step)) {
      positions.push(positions[positions.length - 1] + count);
      const played = (time - times[times.length - 1]) / count;
      times.push(time);
      step += FOLLOWING * (played - step);
    } else {
      if (count <= LONGEST_NOTE) missed.push({ time, deviation: (steps - count) * step, step });
      beginAt(time);
    }
  }
  beginAt(0);
  return found.sort((a, b) => a.time - b.time);
}

/** In steps. */
function toleranceAt(step: number): number {
  return Math.min(LARGEST_TOLERANCE, Math.max(STEP_TOLERANCE, TOLERANCE_SECONDS / step));
}

/** Median of the shorter distances around: the step that the longer ones are multiples of. Null outside the bounds. */
function stepAround(distances: readonly number[], index: number): number | null {
  const around = distances.slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1);
  const short = quantile(around, 0.3);
  const step = median(around.filter((distance) => distance > 0.7 * short && distance < 1.4 * short));
  return step >= SHORTEST_STEP && step <= LONGEST_STEP ? step : null;
}

function deviationsOf(positions: readonly number[], times: readonly number[]): RunDeviation[] {
  return times.map((time, index) => {
    const first = Math.max(0, Math.min(index - REACH, times.length - 2 * REACH - 1));
    const last = Math.min(times.length, first + 2 * REACH + 1);
    const { value, slope, leverage } = fitParabola(positions, times, first, last, positions[index]);
    const deviation = (time - value) / Math.sqrt(Math.max(0.1, 1 - leverage));
    return { time, deviation, step: slope };
  });
}

/** Least-squares parabola through points [first, last): its value and slope at `at`, and the leverage of a point there. */
function fitParabola(
  positions: readonly number[],
  times: readonly number[],
  first: number,
  last: number,
  at: number,
): { readonly value: number; readonly slope: number; readonly leverage: number } {
  const origin = times[first];
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let t0 = 0;
  let t1 = 0;
  let t2 = 0;
  for (let index = first; index < last; index += 1) {
    const x = positions[index] - at;
    const t = times[index] - origin;
    s0 += 1;
    s1 += x;
    s2 += x * x;
    s3 += x * x * x;
    s4 += x * x * x * x;
    t0 += t;
    t1 += x * t;
    t2 += x * x * t;
  }
  // First two rows of the inverse of the normal matrix, by cofactors; x is measured from `at`.
  const c00 = s2 * s4 - s3 * s3;
  const c01 = s2 * s3 - s1 * s4;
  const c02 = s1 * s3 - s2 * s2;
  const c11 = s0 * s4 - s2 * s2;
  const c12 = s1 * s2 - s0 * s3;
  const determinant = s0 * c00 + s1 * c01 + s2 * c02;
  if (Math.abs(determinant) < 1e-9) return { value: origin + t0 / s0, slope: 0, leverage: 1 / s0 };
  return {
    value: origin + (c00 * t0 + c01 * t1 + c02 * t2) / determinant,
    slope: (c01 * t0 + c11 * t1 + c12 * t2) / determinant,
    leverage: c00 / determinant,
  };
}
