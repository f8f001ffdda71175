import { expect, test } from "vitest";
import {
  createOnsetJudge,
  createOnsetSieve,
  type OnsetJudgement,
} from "../../src/transcription/onset-judge.ts";
import type { Network } from "../../src/transcription/onset-network.ts";
import { openKernel } from "./open-kernel.ts";

/** Of one input, standardised by half: odds of twice that, shift of its negative. */
const NETWORK: Network = {
  means: Float32Array.of(0),
  scales: Float32Array.of(0.5),
  layers: [{ inputs: 1, units: 2, weights: Float32Array.of(2, -1), biases: Float32Array.of(0, 0) }],
};

const KERNEL = openKernel();

/** What is made of candidates of which all that is told is one number each. */
function judge(inputs: readonly number[]): (OnsetJudgement | undefined)[] {
  return createOnsetJudge(NETWORK, NETWORK)(KERNEL, inputs.length, (index, rows, at) => {
    rows[at] = inputs[index] ?? Number.NaN;
  });
}

test("what the sieve lets pass is judged: its probability and how far off its peak it is", () => {
  expect(judge([0, 2])).toEqual([
    { probability: 0.5, shift: expect.closeTo(0) },
    { probability: expect.closeTo(1 / (1 + Math.exp(-2))), shift: -1 },
  ]);
});

test("what is no onset by far isn't judged, and keeps nobody's judgement", () => {
  expect(judge([-5, 2, -5, -5, 0])).toEqual([
    undefined,
    { probability: expect.closeTo(1 / (1 + Math.exp(-2))), shift: -1 },
    undefined,
    undefined,
    { probability: 0.5, shift: expect.closeTo(0) },
  ]);
  expect(judge([])).toEqual([]);
});

test("candidates of any number are judged as each alone would be", () => {
  const inputs = Array.from({ length: 2 * KERNEL.mostRows + 3 }, (_, index) => (index % 7) - 4);
  expect(judge(inputs)).toEqual(inputs.flatMap((input) => judge([input])));
});

test("the sieve leaves the inputs to the judge as they are", () => {
  const inputs = Float32Array.of(3);
  expect(createOnsetSieve(NETWORK)(inputs)).toBe(true);
  expect([...inputs]).toEqual([3]);
});
