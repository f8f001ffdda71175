import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type NoteLevelModel, noteLevels } from "@crescendai/performance-analysis/judgement";
import {
  extractFeatures,
  extractNotes,
  LISTENING_VERSION,
  levelInputs,
  readNotes,
  SPECTROGRAM_RATE,
} from "@crescendai/performance-analysis/listening";
import { openKernels } from "../data/ears.ts";
import { decodeHeard } from "../data/heard-file.ts";
import { keptNumbers } from "../data/kept-numbers.ts";
import type { Render } from "../data/renders.ts";
import { type HeardFolders, heardFile } from "./level-samples.ts";

/** The features of renders, in their order, and the features' names. */
export interface FeatureTable {
  readonly names: readonly string[];
  readonly rows: readonly Float32Array[];
}

/**
 * Features of whole renders, just as the product computes them. They are kept, apart for each version of the ears and each
 * note-level network, and made anew only where they aren't there yet or the render was heard again since.
 */
export async function loadFeatures(
  renders: readonly Render[],
  folders: HeardFolders,
  levels: NoteLevelModel,
): Promise<FeatureTable> {
  const { kernel } = await openKernels();
  const pathOf = (render: Render) => join(folders.heard, heardFile(render));
  const make = async (render: Render) => {
    const { posteriors, spectrogram } = decodeHeard(await readFile(pathOf(render)));
    const notes = extractNotes(posteriors, kernel);
    const strengths = noteLevels(levels, levelInputs(notes, spectrogram));
    const heard = notes.map((note, index) => ({ ...note, level: strengths[index] }));
    return extractFeatures(
      readNotes(heard, spectrogram, []),
      spectrogram,
      0,
      spectrogram.frames / SPECTROGRAM_RATE,
    );
  };
  const { names } = await make(renders[0]);
  const folder = join(folders.features, LISTENING_VERSION, digest(levels.weights));
  const rows: Float32Array[] = [];
  for (const render of renders) {
    const file = join(folder, `${render.segment}.${render.copy}.f32`);
    const row = await keptNumbers(file, [pathOf(render)], async () =>
      Float32Array.from((await make(render)).values),
    );
    if (row.length !== names.length)
      throw new Error(`${folder} holds other features: raise LISTENING_VERSION`);
    rows.push(row);
  }
  return { names, rows };
}

/** Tells weights from others. */
function digest(weights: Float32Array): string {
  const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}
