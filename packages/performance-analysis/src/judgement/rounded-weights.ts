/** A table of weights, column by column of whole numbers of that column's step. */
export interface RoundedWeights<Counts extends Int8Array | Int16Array> {
  /** Row by row. */
  readonly counts: Counts;
  /** Size of a step, of each column. */
  readonly steps: Float32Array;
}

/** What counts are kept in: bytes, or 16 bits. */
export type CountsOf<Counts extends Int8Array | Int16Array> = {
  new (length: number): Counts;
  readonly BYTES_PER_ELEMENT: number;
};

/**
 * Rounds weights, row by row, to steps of which the largest weight of its column has as many as `kind` holds: 127 or 32,767.
 *
 * @param columns how many.
 */
export function roundWeights<Counts extends Int8Array | Int16Array>(
  weights: Float64Array,
  columns: number,
  kind: CountsOf<Counts>,
): RoundedWeights<Counts> {
  const most = 2 ** (8 * kind.BYTES_PER_ELEMENT - 1) - 1;
  const largest = new Float32Array(columns).fill(Number.EPSILON);
  weights.forEach((weight, index) => {
    largest[index % columns] = Math.max(largest[index % columns], Math.abs(weight));
  });
  const steps = largest.map((size) => size / most);
  const counts = new kind(weights.length);
  weights.forEach((weight, index) => {
    const count = Math.round(weight / steps[index % columns]);
    counts[index] = Math.max(-most, Math.min(most, count));
  });
  return { counts, steps };
}

/** Of each column, the sum of its weights times the values of their rows. */
export function weightedSums(
  values: ArrayLike<number>,
  { counts, steps }: RoundedWeights<Int8Array | Int16Array>,
): Float64Array {
  const columns = steps.length;
  const sums = new Float64Array(columns);
  for (let row = 0; row < values.length; row += 1) {
    const from = row * columns;
    for (let column = 0; column < columns; column += 1) sums[column] += values[row] * counts[from + column];
  }
  return sums.map((sum, column) => sum * steps[column]);
}
