import {
  LOWEST_KEY,
  type Network,
  ONSET_INPUTS,
  type Posteriors,
} from "@crescendai/performance-analysis/transcription";
import { expect, test } from "vitest";
import { gatherOnsetSamples, INPUT_STEPS, siftedSamples } from "../../src/transcription/onset-samples.ts";

const FRAME_RATE = 100;

/** Key 40 peaks at these frames and sounds throughout; all else is silent. */
function peaksAt(...frames: readonly number[]): Posteriors {
  const [onsets, notes, silent] = [new Uint8Array(200), new Uint8Array(200).fill(200), new Uint8Array(200)];
  for (const frame of frames) onsets[frame] = 150;
  return {
    frameCount: 200,
    frameRate: FRAME_RATE,
    notesOf: (key) => (key === 40 ? notes : silent),
    onsetsOf: (key) => (key === 40 ? onsets : silent),
    levelsOf: () => silent,
  };
}

test("every peak within the tolerance is the onset, and told how far off it is", () => {
  const played = [{ onset: 1, offset: 1.5, pitch: LOWEST_KEY + 40, velocity: 60 }];
  const { labels, shifts } = gatherOnsetSamples(peaksAt(50, 98, 103, 120), played);
  expect([...labels]).toEqual([0, 1, 1, 0]);
  expect([...shifts]).toEqual([0, 2, -3, 0]);
});

test("another key's onset is none", () => {
  const played = [{ onset: 1, offset: 1.5, pitch: LOWEST_KEY + 52, velocity: 60 }];
  expect([...gatherOnsetSamples(peaksAt(100), played).labels]).toEqual([0]);
});

test("the samples that a sieve lets pass are the same ones, fewer", () => {
  const inputs = new Int16Array(3 * ONSET_INPUTS);
  for (const [index, first] of [1, -1, 0.5].entries()) {
    inputs[index * ONSET_INPUTS] = first * INPUT_STEPS;
    inputs[index * ONSET_INPUTS + 1] = index;
  }
  const weights = new Float32Array(2 * ONSET_INPUTS);
  weights[0] = 10;
  const sieve: Network = {
    means: new Float32Array(ONSET_INPUTS),
    scales: new Float32Array(ONSET_INPUTS).fill(1),
    layers: [{ inputs: ONSET_INPUTS, units: 2, weights, biases: new Float32Array(2) }],
  };
  const sifted = siftedSamples(
    { inputs, labels: Uint8Array.of(1, 0, 1), shifts: Float32Array.of(0.5, 0, -1) },
    sieve,
  );
  expect([...sifted.labels]).toEqual([1, 1]);
  expect([...sifted.shifts]).toEqual([0.5, -1]);
  expect([sifted.inputs[1], sifted.inputs[ONSET_INPUTS + 1]]).toEqual([0, 2]);
  expect(sifted.inputs).toHaveLength(2 * ONSET_INPUTS);
});
