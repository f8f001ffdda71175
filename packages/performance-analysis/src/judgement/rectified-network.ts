import { type RoundedWeights, roundWeights, weightedSums } from "./rounded-weights.ts";

/** A network with one hidden layer of rectified units: inputs → units → outputs. What outputs begin with isn't part of it. */
export interface RectifiedNetwork {
  /** A row an input, a column a unit. */
  readonly inputWeights: RoundedWeights<Int8Array>;
  /** What each unit's sum begins with. */
  readonly biases: Float32Array;
  /** A row a unit, a column an output. */
  readonly outputWeights: RoundedWeights<Int16Array>;
}

/** A network's numbers before they are rounded: rows and columns as in `RectifiedNetwork`. */
interface NetworkWeights {
  readonly inputWeights: Float64Array;
  readonly biases: Float64Array;
  readonly outputWeights: Float64Array;
}

/** Rounds a network's weights: those of inputs to bytes, as there are so many of them that what they are off by cancels out. */
export function roundNetwork({ inputWeights, biases, outputWeights }: NetworkWeights): RectifiedNetwork {
  const units = biases.length;
  return {
    inputWeights: roundWeights(inputWeights, units, Int8Array),
    biases: Float32Array.from(biases),
    outputWeights: roundWeights(outputWeights, outputWeights.length / units, Int16Array),
  };
}

/** What the network makes of its inputs, of each output. */
export function runNetwork(
  { inputWeights, biases, outputWeights }: RectifiedNetwork,
  inputs: ArrayLike<number>,
): Float64Array {
  const sums = weightedSums(inputs, inputWeights);
  return weightedSums(
    sums.map((sum, unit) => Math.max(0, biases[unit] + sum)),
    outputWeights,
  );
}
