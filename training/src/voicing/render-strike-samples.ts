import { hear, type Kernels } from "../data/ears.ts";
import { readPerformance } from "../render/performance.ts";
import type { Catalogue } from "../render/pianos/catalogue.ts";
import { createRandom } from "../render/random.ts";
import type { Degradation } from "../render/recipe.ts";
import { renderCopies } from "../render/render-copy.ts";
import { planOf } from "../render/schedule.ts";
import { rebalanced } from "./rebalance.ts";
import { gatherStrikeSamples, type StrikeSamples } from "./strike-samples.ts";

/** What happens to the copies, in turn. */
const DEGRADATIONS: readonly Degradation[] = ["clean", "room", "random"];
/** A copy number that the renderer's schedule gives all pianos of training. */
const ANY_PIANO = 1;
/** Fewest notes of an excerpt. */
const LEAST_NOTES = 8;

/** Renders MIDI files, each as the copy of the next number, with its voices rebalanced; hears them, and gathers their notes. */
export async function renderStrikeSamples(
  files: readonly Uint8Array[],
  firstCopy: number,
  pianos: Catalogue,
  kernels: Kernels,
): Promise<StrikeSamples[]> {
  const requests = files
    .map((midi, index) => {
      const copy = firstCopy + index;
      const seed = `voicing/${copy}`;
      const performance = rebalanced(readPerformance(midi), createRandom(seed).fork("balance"));
      const degradation = DEGRADATIONS[copy % DEGRADATIONS.length];
      return { performance, options: { seed, pianos: planOf(ANY_PIANO).pianos, degradation } };
    })
    .filter(({ performance }) => performance.notes.length >= LEAST_NOTES);
  const copies = await renderCopies(requests, pianos);
  return copies.map(({ mono22k }, index) => {
    const { posteriors, spectrogram } = hear(kernels, mono22k);
    return gatherStrikeSamples(kernels.kernel, posteriors, spectrogram, requests[index].performance.notes);
  });
}
