/**
 * The value below which `fraction` (0 to 1) of the values lie, with linear interpolation between neighbours (type 7
 * of Hyndman & Fan 1996). NaN for no values. The input isn't changed.
 */
export function quantile(values: ArrayLike<number>, fraction: number): number {
  if (values.length === 0) return Number.NaN;
  const parted = new Float64Array(values);
  const position = fraction * (parted.length - 1);
  const lower = Math.floor(position);
  part(parted, lower);
  let next = Number.POSITIVE_INFINITY;
  for (let index = lower + 1; index < parted.length; index += 1)
    if (parted[index] < next) next = parted[index];
  return position === lower ? parted[lower] : parted[lower] + (position - lower) * (next - parted[lower]);
}

/** The value that would be at `place`, from 0, if the values stood in ascending order. The input isn't changed. */
export function valueAt(values: ArrayLike<number>, place: number): number {
  const parted = new Float64Array(values);
  part(parted, place);
  return parted[place];
}

/**
 * Brings what would be at `place` in ascending order there, what isn't larger before it and what isn't smaller behind it (Hoare
 * 1961, FIND): for a single value of many, several times faster than to sort them all.
 */
function part(values: Float64Array, place: number): void {
  let first = 0;
  let last = values.length - 1;
  while (first < last) {
    const middle = values[place];
    let low = first;
    let high = last;
    while (low <= high) {
      while (values[low] < middle) low += 1;
      while (values[high] > middle) high -= 1;
      if (low > high) break;
      const moved = values[low];
      values[low] = values[high];
      values[high] = moved;
      low += 1;
      high -= 1;
    }
    if (high < place) first = low;
    if (low > place) last = high;
  }
}

/** The same for values already in ascending order. */
export function sortedQuantile(sorted: Float64Array, fraction: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = fraction * (sorted.length - 1);
  const lower = Math.floor(position);
  const upper = Math.min(lower + 1, sorted.length - 1);
  return sorted[lower] + (position - lower) * (sorted[upper] - sorted[lower]);
}

/** The middle value; NaN for no values. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** Arithmetic mean; NaN for no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index];
  return sum / values.length;
}

/** Least-squares slope of y over x; 0 where x doesn't vary. */
export function slope(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const mx = mean(x);
  const my = mean(y);
  let over = 0;
  let under = 0;
  for (let index = 0; index < x.length; index += 1) {
    over += (x[index] - mx) * (y[index] - my);
    under += (x[index] - mx) ** 2;
  }
  return under > 0 ? over / under : 0;
}

/** The number held within [minimum, maximum]. */
export function clamp(value: number, minimum: number, maximum: number): number {
  return Math.min(maximum, Math.max(minimum, value));
}

/** The number rounded to so many decimals; never -0. */
export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale + 0;
}

/** Sliding centred mean over `2 · reach + 1` values, shorter at the ends. */
export function movingMean(values: Float32Array, reach: number): Float32Array {
  const sums = new Float64Array(values.length + 1);
  for (let index = 0; index < values.length; index += 1) sums[index + 1] = sums[index] + values[index];
  return Float32Array.from(values, (_, index) => {
    const from = Math.max(0, index - reach);
    const to = Math.min(values.length, index + reach + 1);
    return (sums[to] - sums[from]) / (to - from);
  });
}
