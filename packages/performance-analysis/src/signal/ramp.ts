/** A change from one level to another between two instants, level before and after. */
export type Ramp = {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
  /** Share of the variance that the ramp explains, 0 to 1. */
  readonly explained: number;
  /** Standard error of `to` − `from`, the values taken to err independently of each other. */
  readonly error: number;
};

/** Places tried for each end of the ramp: finds it to within a fortieth of the stretch. */
const KNOTS = 40;

/**
 * Fits level – ramp – level to values at ascending `times` by least squares, trying every pair of knots on a grid
 * (piecewise regression as in Hudson 1966). Null for fewer than four values. A sudden step comes out as a ramp of
 * `leastLength`, in the unit of the times.
 */
export function fitRamp(times: ArrayLike<number>, values: ArrayLike<number>, leastLength = 0): Ramp | null {
  const count = values.length;
  if (count < 4) return null;
  const first = times[0];
  const span = times[count - 1] - first;
  if (span <= 0) return null;
  let total = 0;
  let squares = 0;
  for (let index = 0; index < count; index += 1) {
    total += values[index];
    squares += values[index] ** 2;
  }
  const variance = squares - total ** 2 / count;
  let best: Ramp | null = null;
  let leastError = Number.POSITIVE_INFINITY;
  for (let left = 0; left < KNOTS; left += 1) {
    for (let right = left + 1; right <= KNOTS; right += 1) {
      const start = first + (span * left) / KNOTS;
      const end = first + (span * right) / KNOTS;
      if (end - start < leastLength) continue;
      const solved = solve(times, values, start, end);
      if (solved === null) continue;
      const error = squares - solved.from * solved.beforeSum - solved.to * solved.afterSum;
      if (error < leastError - 1e-9) {
        leastError = error;
        const explained = variance <= 1e-12 ? 0 : Math.max(0, 1 - error / variance);
        const { from, to } = solved;
        best = { start, end, from, to, explained, error: errorOf(error, count, solved.spread) };
      }
    }
  }
  return best;
}

/** Levels and knots that are fitted: four numbers. */
const FITTED = 4;

function errorOf(squares: number, count: number, spread: number): number {
  return count > FITTED
    ? Math.sqrt((Math.max(0, squares) / (count - FITTED)) * spread)
    : Number.POSITIVE_INFINITY;
}

/** The two levels that fit best for given ends, by the normal equations of y = from · (1 − r) + to · r. */
function solve(times: ArrayLike<number>, values: ArrayLike<number>, start: number, end: number) {
  let beforeBefore = 0;
  let beforeAfter = 0;
  let afterAfter = 0;
  let beforeSum = 0;
  let afterSum = 0;
  for (let index = 0; index < values.length; index += 1) {
    const r = Math.min(1, Math.max(0, (times[index] - start) / (end - start)));
    beforeBefore += (1 - r) * (1 - r);
    beforeAfter += (1 - r) * r;
    afterAfter += r * r;
    beforeSum += (1 - r) * values[index];
    afterSum += r * values[index];
  }
  const determinant = beforeBefore * afterAfter - beforeAfter ** 2;
  if (determinant < 1e-9) return null;
  return {
    from: (beforeSum * afterAfter - afterSum * beforeAfter) / determinant,
    to: (afterSum * beforeBefore - beforeSum * beforeAfter) / determinant,
    beforeSum,
    afterSum,
    /** Variance of `to` − `from` in units of a value's own, from the inverse of the normal matrix. */
    spread: (beforeBefore + afterAfter + 2 * beforeAfter) / determinant,
  };
}
