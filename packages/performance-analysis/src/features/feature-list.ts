import { sortedQuantile } from "../signal/statistics.ts";

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
      const sorted = Float64Array.from(sample).sort();
      let sum = 0;
      for (const value of sorted) sum += value;
      const mean = sum / sorted.length;
      let squares = 0;
      for (const value of sorted) squares += (value - mean) ** 2;
      add(`${name}_mean`, mean);
      add(`${name}_sd`, Math.sqrt(squares / sorted.length));
      for (const percentile of PERCENTILES)
        add(`${name}_p${percentile}`, sortedQuantile(sorted, percentile / 100));
    },
  };
}
