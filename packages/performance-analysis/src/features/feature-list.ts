import { mean, sortedQuantile } from "../signal/statistics.ts";

/** Numbers with names, in a fixed order: the input of the model, and the rows of its documentation. */
export interface FeatureList {
  readonly names: readonly string[];
  readonly values: readonly number[];
  /** Appends one number; what isn't finite counts as 0. */
  add(name: string, value: number): void;
  /** Appends mean, standard deviation and the 10th, 25th, 50th, 75th, 90th percentile; zeros for no values. */
  addDistribution(name: string, values: readonly number[] | Float32Array): void;
}

/** The percentiles that describe a distribution: robust against single outliers at both ends. */
const PERCENTILES = [10, 25, 50, 75, 90];

export function createFeatureList(): FeatureList {
  const names: string[] = [];
  const values: number[] = [];
  function add(name: string, value: number): void {
    names.push(name);
    values.push(Number.isFinite(value) ? value : 0);
  }
  return {
    names,
    values,
    add,
    addDistribution(name, sample) {
      const sorted = new Float64Array(sample).sort();
      const middle = mean(sorted);
      add(`${name}_mean`, middle);
      add(`${name}_sd`, deviationFrom(middle, sorted));
      for (const percentile of PERCENTILES)
        add(`${name}_p${percentile}`, sortedQuantile(sorted, percentile / 100));
    },
  };
}

/** Standard deviation of values whose mean is known. */
function deviationFrom(middle: number, values: Float64Array): number {
  let squares = 0;
  for (let index = 0; index < values.length; index += 1) squares += (values[index] - middle) ** 2;
  return Math.sqrt(squares / values.length);
}
