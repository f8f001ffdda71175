/** Judges onset candidates in two steps, as most of them are no onsets by far: a small network sorts these out first. */

import { createNetworkRunner, type Network } from "./onset-network.ts";

/**
 * Least log odds of the sieve, a probability of 0.02. Two thirds of the candidates are below, and one true onset in fifty, which
 * the judge would seldom have believed either.
 */
const LEAST_SIFTED = Math.log(0.02 / 0.98);

/** What a candidate is. */
export interface OnsetJudgement {
  /** That its key is struck there, 0 … 1. */
  readonly probability: number;
  /** From the candidate's apex to the onset, in frames. */
  readonly shift: number;
}

/** Whether a candidate with these inputs is worth judging. The inputs stay as they are. */
export function createOnsetSieve(sieve: Network): (inputs: Float32Array) => boolean {
  const run = createNetworkRunner(sieve);
  const copy = new Float32Array(sieve.means.length);
  return (inputs) => {
    copy.set(inputs);
    return run(copy)[0] >= LEAST_SIFTED;
  };
}

/** Judges a candidate by its inputs, which are overwritten; undefined if the sieve keeps it back. */
export function createOnsetJudge(
  sieve: Network,
  network: Network,
): (inputs: Float32Array) => OnsetJudgement | undefined {
  const passes = createOnsetSieve(sieve);
  const run = createNetworkRunner(network);
  return (inputs) => {
    if (!passes(inputs)) return undefined;
    const [odds, shift] = run(inputs);
    return { probability: 1 / (1 + Math.exp(-odds)), shift };
  };
}
