/**
 * The value below which `fraction` (0 to 1) of the values lie, with linear interpolation between neighbours (type 7
 * of Hyndman & Fan 1996). NaN for no values. The input isn't changed.
 */
export function quantile(values: ArrayLike<number>, fraction: number): number {
  return sortedQuantile(
    values.length <= FEW ? sortedFew(values) : Float64Array.from(values).sort(),
    fraction,
  );
}

/** Up to so many values, insertion beats the sort that is made for many. */
const FEW = 48;

function sortedFew(values: ArrayLike<number>): Float64Array {
  const sorted = new Float64Array(values.length);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    let place = index;
    while (place > 0 && sorted[place - 1] > value) {
      sorted[place] = sorted[place - 1];
      place -= 1;
    }
    sorted[place] = value;
  }
  return sorted;
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

/** `sum` and the squares of all values, added one after the other: a long signal gives the same in whatever pieces. */
export function addSquares(sum: number, values: Float32Array | Float64Array): number {
  let added = sum;
  for (let index = 0; index < values.length; index += 1) added += values[index] * values[index];
  return added;
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
