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
import { keptFile } from "../data/kept-file.ts";
import type { Render } from "../data/renders.ts";
import { type HeardFolders, heardFile } from "./level-samples.ts";

/** The features of renders, in their order, and the features' names. */
export interface FeatureTable {
  readonly names: readonly string[];
  readonly rows: readonly Float32Array[];
}

/**
 * Features of whole renders, just as the product computes them. They are kept, apart for each version of the ears and each
 * note-level network, and made anew only where they aren't there yet.
 */
export async function loadFeatures(
  renders: readonly Render[],
  folders: HeardFolders,
  levels: NoteLevelModel,
): Promise<FeatureTable> {
  const { kernel } = await openKernels();
  const make = async (render: Render) => {
    const { posteriors, spectrogram } = decodeHeard(await readFile(join(folders.heard, heardFile(render))));
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
    const bytes = await keptFile(join(folder, `${render.segment}.${render.copy}.f32`), async () => {
      const { values } = await make(render);
      return new Uint8Array(Float32Array.from(values).buffer);
    });
    const row = new Float32Array(bytes.slice().buffer);
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
