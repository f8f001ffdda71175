/** Networks worked out for many rows of inputs at a time, by the kernel. */

import type { KernelLayer, NoteKernel } from "./kernel.ts";
import type { Network, NetworkLayer } from "./onset-network.ts";

/**
 * Works a network out for rows of inputs, one after the other and at most `kernel.mostRows`. They are left as they are. What
 * comes back, row by row, is valid until the next call of any network.
 */
export type RowsRunner = (kernel: NoteKernel, rows: Float32Array) => Float32Array;

/** Brings a network, whose layers have an even number of units each, into the kernel's order once. */
export function createRowsRunner({ means, scales, layers }: Network): RowsRunner {
  const paired = layers.map(inPairs);
  // Kept, as new ones for every call would be garbage of 27 MB for three minutes of sound.
  let standardised = new Float32Array(0);
  return (kernel, rows) => {
    if (standardised.length < rows.length) standardised = new Float32Array(rows.length);
    standardise(rows, means, scales, standardised);
    let values: Float32Array = standardised.subarray(0, rows.length);
    for (const [index, layer] of paired.entries()) {
      values = kernel.layer(layer, values);
      if (index + 1 < paired.length) rectify(values);
    }
    return values;
  };
}

function standardise(
  rows: Float32Array,
  means: Float32Array,
  scales: Float32Array,
  standardised: Float32Array,
): void {
  for (let at = 0; at < rows.length; at += means.length) {
    for (let input = 0; input < means.length; input += 1) {
      standardised[at + input] = (rows[at + input] - means[input]) * scales[input];
    }
  }
}

function inPairs({ inputs, units, weights, biases }: NetworkLayer): KernelLayer {
  const paired = new Float32Array(weights.length);
  for (let unit = 0; unit < units; unit += 1) {
    const to = (unit - (unit % 2)) * inputs + (unit % 2);
    for (let input = 0; input < inputs; input += 1) paired[to + 2 * input] = weights[unit * inputs + input];
  }
  return { inputs, units, weights: paired, biases };
}

function rectify(values: Float32Array): void {
  for (let at = 0; at < values.length; at += 1) if (values[at] < 0) values[at] = 0;
}
