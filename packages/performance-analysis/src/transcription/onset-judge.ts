/** Judges onset candidates in two steps, as most of them are no onsets by far: a small network sorts these out first. */

import type { NoteKernel } from "./kernel.ts";
import { createRowsRunner } from "./network-rows.ts";
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

/**
 * Judges candidates 0 … count − 1, whose inputs `write` puts into a row; undefined where the sieve keeps one back.
 */
export type OnsetJudge = (
  kernel: NoteKernel,
  count: number,
  write: (index: number, rows: Float32Array, at: number) => void,
) => (OnsetJudgement | undefined)[];

/** Makes a judge of two networks of the same inputs; each has two outputs, the log odds of an onset and its shift. */
export function createOnsetJudge(sieve: Network, network: Network): OnsetJudge {
  const inputs = sieve.means.length;
  const sift = createRowsRunner(sieve);
  const judge = createRowsRunner(network);
  return (kernel, count, write) => {
    const judgements: (OnsetJudgement | undefined)[] = new Array(count).fill(undefined);
    const rows = new Float32Array(kernel.mostRows * inputs);
    for (let first = 0; first < count; first += kernel.mostRows) {
      const taken = Math.min(kernel.mostRows, count - first);
      for (let row = 0; row < taken; row += 1) write(first + row, rows, row * inputs);
      const odds = sift(kernel, rows.subarray(0, taken * inputs));
      const passed: number[] = [];
      for (let row = 0; row < taken; row += 1) if (odds[2 * row] >= LEAST_SIFTED) passed.push(row);
      for (const [place, row] of passed.entries()) {
        rows.copyWithin(place * inputs, row * inputs, (row + 1) * inputs);
      }
      const judged = judge(kernel, rows.subarray(0, passed.length * inputs));
      for (const [place, row] of passed.entries()) {
        const probability = 1 / (1 + Math.exp(-judged[2 * place]));
        judgements[first + row] = { probability, shift: judged[2 * place + 1] };
      }
    }
    return judgements;
  };
}
