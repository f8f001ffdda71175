import { createPosteriorStream, type NoteKernel } from "@crescendai/performance-analysis/transcription";
import { type Performance, readPerformance } from "../render/performance.ts";
import type { Catalogue } from "../render/pianos/catalogue.ts";
import { createRandom } from "../render/random.ts";
import type { Degradation } from "../render/recipe.ts";
import { renderCopy } from "../render/render-copy.ts";
import { planOf } from "../render/schedule.ts";
import { gatherOnsetSamples, type OnsetSamples } from "./onset-samples.ts";

/** What happens to the copies, in turn. */
const DEGRADATIONS: readonly Degradation[] = ["clean", "phone", "random", "phone"];

/** Semitones up or down that a copy is transposed by at most. */
const FARTHEST = 6;

/** A copy number that the renderer's schedule gives all pianos of training. */
const ANY_PIANO = 1;

/** Lowest and highest key of the piano. */
const LOWEST = 21;
const HIGHEST = 108;

/** Renders the copy of this number of a MIDI file, hears it, and gathers its candidates. */
export async function renderOnsetSamples(
  midi: Uint8Array,
  copy: number,
  pianos: Catalogue,
  kernel: NoteKernel,
): Promise<OnsetSamples> {
  const seed = `onsets/${copy}`;
  const semitones = copy % 2 === 1 ? Math.round(createRandom(seed).uniform(-FARTHEST, FARTHEST)) : 0;
  const performance = transposed(readPerformance(midi), semitones);
  const degradation = DEGRADATIONS[(copy >> 1) % DEGRADATIONS.length];
  const { mono22k } = await renderCopy(
    performance,
    { seed, pianos: planOf(ANY_PIANO).pianos, degradation },
    pianos,
  );
  const stream = createPosteriorStream(kernel);
  stream.push(mono22k);
  return gatherOnsetSamples(stream.finish(), performance.notes);
}

/** The performance, higher by so many semitones; keys that the piano hasn't got are left out. */
function transposed(performance: Performance, semitones: number): Performance {
  const notes = performance.notes
    .map((note) => ({ ...note, pitch: note.pitch + semitones }))
    .filter(({ pitch }) => pitch >= LOWEST && pitch <= HIGHEST);
  return { ...performance, notes };
}
