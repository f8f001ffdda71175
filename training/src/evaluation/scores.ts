/** Rows of numbers, all of one length. */
export type Table = readonly (readonly number[] | Float32Array | Float64Array)[];

/** Coefficient of determination of each column: 1 is perfect, 0 what the column's own mean would reach. */
export function determination(truth: Table, predicted: Table): number[] {
  const columns = truth[0].length;
  return Array.from({ length: columns }, (_, column) => {
    let mean = 0;
    for (const row of truth) mean += row[column] / truth.length;
    let residual = 0;
    let total = 0;
    truth.forEach((row, index) => {
      residual += (row[column] - predicted[index][column]) ** 2;
      total += (row[column] - mean) ** 2;
    });
    return 1 - residual / total;
  });
}

/** Arithmetic mean. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * How often two performances of one passage are put in the right order on a scale, over all pairs of human players
 * and all scales on which their ratings differ: 0.5 is chance.
 */
export function orderAgreement(
  truth: Table,
  predicted: Table,
  passages: readonly string[],
  human: (item: number) => boolean,
): number {
  const byPassage = new Map<string, number[]>();
  passages.forEach((passage, item) => {
    if (human(item)) byPassage.set(passage, [...(byPassage.get(passage) ?? []), item]);
  });
  let right = 0;
  let pairs = 0;
  for (const items of byPassage.values()) {
    items.forEach((first, index) => {
      for (const second of items.slice(index + 1)) {
        for (let scale = 0; scale < truth[first].length; scale += 1) {
          const difference = truth[first][scale] - truth[second][scale];
          if (difference === 0) continue;
          pairs += 1;
          if (difference * (predicted[first][scale] - predicted[second][scale]) > 0) right += 1;
        }
      }
    });
  }
  return right / pairs;
}
