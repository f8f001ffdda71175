import { createNetworkRunner, ONSET_INPUTS } from "@crescendai/performance-analysis/transcription";
import { expect, test } from "vitest";
import { createRandom } from "../../src/render/random.ts";
import { fitOnsetNetwork } from "../../src/transcription/fit-onset-network.ts";
import { INPUT_STEPS, type OnsetSamples } from "../../src/transcription/onset-samples.ts";
import { passageOf } from "../../src/transcription/segments.ts";

/** Candidates that are onsets where the first input is positive, later by as much as the second says. */
function madeUp(count: number): OnsetSamples {
  const random = createRandom("made up");
  const inputs = Int16Array.from({ length: count * ONSET_INPUTS }, (_, i) =>
    i % ONSET_INPUTS < 2 ? Math.round(random.uniform(-1, 1) * INPUT_STEPS) : 0,
  );
  const labels = Uint8Array.from({ length: count }, (_, i) => (inputs[i * ONSET_INPUTS] > 0 ? 1 : 0));
  const shifts = Float32Array.from({ length: count }, (_, i) => inputs[i * ONSET_INPUTS + 1] / INPUT_STEPS);
  return { inputs, labels, shifts };
}

test("learns what makes an onset and how late it is, the same each time", () => {
  const samples = madeUp(2048);
  const losses: number[] = [];
  const shape = { hidden: [16, 8], epochs: 30 };
  const network = fitOnsetNetwork([samples], shape, createRandom("fit"), (_, loss) => losses.push(loss));
  expect(losses.at(-1)).toBeLessThan(0.5);
  expect(fitOnsetNetwork([samples], shape, createRandom("fit"), () => {})).toEqual(network);

  const run = createNetworkRunner(network);
  const told = (first: number, second: number) => {
    const input = new Float32Array(ONSET_INPUTS);
    input.set([first, second]);
    return run(input);
  };
  expect(told(0.8, 0)[0]).toBeGreaterThan(0.5);
  expect(told(-0.8, 0)[0]).toBeLessThan(-0.5);
  expect(told(0.8, 0.5)[1]).toBeGreaterThan(told(0.8, -0.5)[1] + 0.25);
});

test("knows the same passage by different players", () => {
  expect(passageOf("Schubert_D960_mv2_8bars_1_01.mid")).toBe(passageOf("Schubert_D960_mv2_8bars_12_01.mid"));
  expect(passageOf("Schubert_D960_mv2_8bars_1_01.mid")).not.toBe(
    passageOf("Schubert_D960_mv2_8bars_1_02.mid"),
  );
});
