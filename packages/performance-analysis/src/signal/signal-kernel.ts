/**
 * The instantiated signal kernel (`@crescendai/signal-kernel`: the inner loops of decoding and listening in WebAssembly) as this
 * package sees it. It is handed in as what WebAssembly.Instance gives, so that nothing here knows WebAssembly. All
 * that goes on in an isolate may share it.
 */

import { createMp3Filters, type Mp3Filters } from "../decode/mp3/filters.ts";
import { isSignalKernel } from "./signal-kernel-exports.ts";
import { createMagnitudes, type Magnitudes } from "./spectrum.ts";
import {
  createHalvingSums,
  createWeightedSums,
  type HalvingSums,
  type WeightedSums,
} from "./weighted-sums.ts";

export interface SignalKernel {
  readonly weightedSums: WeightedSums;
  readonly halvingSums: HalvingSums;
  readonly magnitudes: Magnitudes;
  readonly mp3: Mp3Filters;
}

/**
 * Makes a fresh instance of the kernel ready.
 *
 * @param exports what `new WebAssembly.Instance(module).exports` gives for `signal-kernel.wasm`
 * @throws Error if it is something else: a fault of the build, not of a recording
 */
export function createSignalKernel(exports: object): SignalKernel {
  if (!isSignalKernel(exports)) throw new Error("this WebAssembly module isn't the signal kernel");
  const mp3 = createMp3Filters(exports);
  exports.prepare();
  return {
    weightedSums: createWeightedSums(exports),
    halvingSums: createHalvingSums(exports),
    magnitudes: createMagnitudes(exports),
    mp3,
  };
}
