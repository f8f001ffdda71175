import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesOfBase64 } from "../../src/transcription/base64.ts";
import { createRowsRunner } from "../../src/transcription/network-rows.ts";
import { ONSET_INPUTS } from "../../src/transcription/onset-inputs.ts";
import {
  createNetworkRunner,
  decodeNetwork,
  encodeNetwork,
  type Network,
} from "../../src/transcription/onset-network.ts";
import { ONSET_WEIGHTS, SIEVE_WEIGHTS } from "../../src/transcription/onset-weights.ts";
import { pseudoRandom } from "../piano.ts";
import { openKernel } from "./open-kernel.ts";

test("base64 is decoded as the platform would", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      expect([...bytesOfBase64(Buffer.from(bytes).toString("base64"))]).toEqual([...bytes]);
    }),
    { seed: 5 },
  );
});

const NETWORK: Network = {
  means: Float32Array.of(1, -2),
  scales: Float32Array.of(0.5, 2),
  layers: [
    { inputs: 2, units: 2, weights: Float32Array.of(1, -1, -1, 0.25), biases: Float32Array.of(0.5, 0) },
    { inputs: 2, units: 1, weights: Float32Array.of(2, -3), biases: Float32Array.of(0.25) },
  ],
};

test("a network is standardised inputs, rectified hidden units and a linear output", () => {
  // Standardised: (3 − 1)/2 = 1 and 2(−2 + 2) = 0; hidden: 1.5 and max(0, −1) = 0; out: 0.25 + 2 · 1.5.
  expect(createNetworkRunner(NETWORK)(Float32Array.of(3, -2))[0]).toBeCloseTo(3.25);
});

test("a stored network gives what the network gave", () => {
  const run = createNetworkRunner(NETWORK);
  const stored = createNetworkRunner(decodeNetwork(encodeNetwork(NETWORK)));
  fc.assert(
    fc.property(
      fc.float({ min: -3, max: 3, noNaN: true }),
      fc.float({ min: -3, max: 3, noNaN: true }),
      (a, b) => {
        expect(stored(Float32Array.of(a, b))[0]).toBeCloseTo(run(Float32Array.of(a, b))[0] ?? Number.NaN, 2);
      },
    ),
    { seed: 11 },
  );
});

test.each([
  ["sieve", SIEVE_WEIGHTS],
  ["judge", ONSET_WEIGHTS],
])("the %s gives the same of many rows at a time, to the bit, as of each alone", (_, weights) => {
  const kernel = openKernel();
  const network = decodeNetwork(bytesOfBase64(weights));
  const run = createNetworkRunner(network);
  const random = pseudoRandom(4);
  for (const count of [0, 1, 5, kernel.mostRows]) {
    const rows = Float32Array.from({ length: count * ONSET_INPUTS }, () => 6 * random() - 3);
    const alone = Array.from({ length: count }, (_, row) => [
      ...run(rows.slice(row * ONSET_INPUTS, (row + 1) * ONSET_INPUTS)),
    ]);
    expect([...createRowsRunner(network)(kernel, rows)]).toEqual(alone.flat());
  }
});

test.each([
  ["sieve", SIEVE_WEIGHTS],
  ["judge", ONSET_WEIGHTS],
])(
  "the committed weights of the %s are those of a network of today's inputs, and of two outputs",
  (_, weights) => {
    const { means, layers } = decodeNetwork(bytesOfBase64(weights));
    expect(means).toHaveLength(ONSET_INPUTS);
    expect(layers[0]?.inputs).toBe(ONSET_INPUTS);
    expect(layers.at(-1)?.units).toBe(2);
  },
);
