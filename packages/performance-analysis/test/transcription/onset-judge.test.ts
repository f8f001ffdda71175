import { expect, test } from "vitest";
import { createOnsetJudge, createOnsetSieve } from "../../src/transcription/onset-judge.ts";
import type { Network } from "../../src/transcription/onset-network.ts";

/** Of one input, standardised by half: odds of twice that, shift of its negative. */
const NETWORK: Network = {
  means: Float32Array.of(0),
  scales: Float32Array.of(0.5),
  layers: [{ inputs: 1, units: 2, weights: Float32Array.of(2, -1), biases: Float32Array.of(0, 0) }],
};

test("what the sieve lets pass is judged: its probability and how far off its peak it is", () => {
  const judge = createOnsetJudge(NETWORK, NETWORK);
  expect(judge(Float32Array.of(0))).toEqual({ probability: 0.5, shift: expect.closeTo(0) });
  expect(judge(Float32Array.of(2))).toEqual({
    probability: expect.closeTo(1 / (1 + Math.exp(-2))),
    shift: -1,
  });
});

test("what is no onset by far isn't judged", () => {
  expect(createOnsetJudge(NETWORK, NETWORK)(Float32Array.of(-5))).toBeUndefined();
});

test("the sieve leaves the inputs to the judge as they are", () => {
  const inputs = Float32Array.of(3);
  expect(createOnsetSieve(NETWORK)(inputs)).toBe(true);
  expect([...inputs]).toEqual([3]);
});
