import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type NoteLevelModel, noteLevels } from "@crescendai/performance-analysis/judgement";
import {
  extractFeatures,
  extractNotes,
  levelInputs,
  readNotes,
  SPECTROGRAM_RATE,
} from "@crescendai/performance-analysis/listening";
import { openKernels } from "../data/ears.ts";
import { decodeHeard } from "../data/heard-file.ts";
import type { Render } from "../data/renders.ts";
import { type HeardFolders, heardFile } from "./level-samples.ts";

/** The features of renders, in their order, and the features' names. */
export interface FeatureTable {
  readonly names: readonly string[];
  readonly rows: readonly Float32Array[];
}

/** Features of whole renders, just as the product computes them. */
export async function loadFeatures(
  renders: readonly Render[],
  folders: HeardFolders,
  levels: NoteLevelModel,
): Promise<FeatureTable> {
  const { kernel } = await openKernels();
  const rows: Float32Array[] = [];
  let names: readonly string[] = [];
  for (const render of renders) {
    const { posteriors, spectrogram } = decodeHeard(await readFile(join(folders.heard, heardFile(render))));
    const notes = extractNotes(posteriors, kernel);
    const strengths = noteLevels(levels, levelInputs(notes, spectrogram));
    const heard = notes.map((note, index) => ({ ...note, level: strengths[index] }));
    const list = extractFeatures(
      readNotes(heard, spectrogram, []),
      spectrogram,
      0,
      spectrogram.frames / SPECTROGRAM_RATE,
    );
    names = list.names;
    rows.push(Float32Array.from(list.values));
  }
  return { names, rows };
}
