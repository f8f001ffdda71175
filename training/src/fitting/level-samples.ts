import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { extractNotes, LEVEL_INPUTS, levelInputs } from "@crescendai/performance-analysis/listening";
import { openKernels } from "../data/ears.ts";
import { decodeHeard } from "../data/heard-file.ts";
import { matchNotes, velocityLevel } from "../data/match-notes.ts";
import type { Render } from "../data/renders.ts";
import type { LevelSamples } from "../model/fit-note-level.ts";
import { readPerformance } from "../render/performance.ts";

/** Where the heard renders and the performances are, and where their features are kept. */
export interface HeardFolders {
  readonly midi: string;
  readonly heard: string;
  readonly features: string;
}

/** What of a render has been heard, under this name in the folder `heard`. */
export function heardFile({ segment, copy }: Pick<Render, "segment" | "copy">): string {
  return `${segment}.${copy}.heard`;
}

/**
 * Notes that were heard rightly, with the level they were truly played at, against the median of their own render's.
 * Ratings aren't looked at.
 */
export async function gatherLevelSamples(
  renders: readonly Render[],
  folders: HeardFolders,
): Promise<LevelSamples> {
  const { kernel } = await openKernels();
  const inputs: Float32Array[] = [];
  const targets: Float32Array[] = [];
  for (const render of renders) {
    const { posteriors, spectrogram } = decodeHeard(await readFile(join(folders.heard, heardFile(render))));
    const notes = extractNotes(posteriors, kernel);
    const played = readPerformance(await readFile(join(folders.midi, `${render.segment}.mid`))).notes;
    const match = matchNotes(notes, played);
    const all = levelInputs(notes, spectrogram);
    const matched = [...match.keys()].filter((note) => match[note] >= 0);
    if (matched.length === 0) continue;
    const levels = Float32Array.from(matched, (note) => velocityLevel(played[match[note]].velocity));
    const middle = Float32Array.from(levels).sort()[levels.length >> 1];
    targets.push(levels.map((level) => level - middle));
    const rows = new Float32Array(matched.length * LEVEL_INPUTS);
    matched.forEach((note, row) => {
      rows.set(all.subarray(note * LEVEL_INPUTS, (note + 1) * LEVEL_INPUTS), row * LEVEL_INPUTS);
    });
    inputs.push(rows);
  }
  return { width: LEVEL_INPUTS, inputs: joined(inputs), targets: joined(targets) };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
