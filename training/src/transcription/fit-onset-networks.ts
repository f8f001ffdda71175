/** Fits both networks that judge onsets, one after the other. */

import { decodeNetwork, encodeNetwork, type Network } from "@crescendai/performance-analysis/transcription";
import { createRandom } from "../render/random.ts";
import { fitOnsetNetwork, JUDGE, SIEVE } from "./fit-onset-network.ts";
import { type OnsetSamples, siftedSamples } from "./onset-samples.ts";

/** The networks of `onset-judge.ts`. */
export interface OnsetNetworks {
  readonly sieve: Network;
  readonly judge: Network;
}

/**
 * The sieve is fitted to all samples, the judge to those that the sieve, as it will be stored, lets pass. The same samples give
 * the same networks. `report` is called after each pass with the mean cross-entropy.
 */
export function fitOnsetNetworks(
  samples: readonly OnsetSamples[],
  report: (network: "sieve" | "judge", epoch: number, loss: number) => void,
): OnsetNetworks {
  const sieve = fitOnsetNetwork(samples, SIEVE, createRandom("onset sieve"), (epoch, loss) =>
    report("sieve", epoch, loss),
  );
  const stored = decodeNetwork(encodeNetwork(sieve));
  const sifted = samples.map((part) => siftedSamples(part, stored));
  const judge = fitOnsetNetwork(sifted, JUDGE, createRandom("onset network"), (epoch, loss) =>
    report("judge", epoch, loss),
  );
  return { sieve, judge };
}
