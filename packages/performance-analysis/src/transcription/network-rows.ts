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
  return (kernel, rows) => {
    let values: Float32Array = new Float32Array(rows.length);
    for (let at = 0; at < rows.length; ) {
      for (let input = 0; input < means.length; input += 1) {
        values[at] = (rows[at] - means[input]) * scales[input];
        at += 1;
      }
    }
    for (const [index, layer] of paired.entries()) {
      values = kernel.layer(layer, values);
      if (index + 1 < paired.length) rectify(values);
    }
    return values;
  };
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
