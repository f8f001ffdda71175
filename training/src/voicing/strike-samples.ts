import {
  extractNotes,
  LEVEL_INPUTS,
  levelInputs,
  type NoteKernel,
  type Posteriors,
  type Spectrogram,
} from "@crescendai/performance-analysis/listening";
import { matchNotes, velocityLevel } from "../data/match-notes.ts";
import type { LevelSamples } from "../model/fit-note-level.ts";
import type { PlayedNote } from "../render/performance.ts";

/** Notes of one recording, row by row, with how strongly they were struck, in dB against the recording's median note. */
export type StrikeSamples = Pick<LevelSamples, "inputs" | "targets">;

/** The notes of a recording that were heard rightly; `played` in order of onset. */
export function gatherStrikeSamples(
  kernel: NoteKernel,
  posteriors: Posteriors,
  spectrogram: Spectrogram,
  played: readonly PlayedNote[],
): StrikeSamples {
  const notes = extractNotes(posteriors, kernel).sort((a, b) => a.onset - b.onset || a.pitch - b.pitch);
  const rows = levelInputs(notes, spectrogram);
  const match = matchNotes(notes, played);
  const right = [...match.keys()].filter((note) => match[note] >= 0);
  const levels = Float32Array.from(right, (note) => velocityLevel(played[match[note]].velocity));
  const middle = Float32Array.from(levels).sort()[levels.length >> 1] ?? 0;
  const inputs = new Float32Array(right.length * LEVEL_INPUTS);
  right.forEach((note, row) => {
    inputs.set(rows.subarray(note * LEVEL_INPUTS, (note + 1) * LEVEL_INPUTS), row * LEVEL_INPUTS);
  });
  return { inputs, targets: levels.map((level) => level - middle) };
}

/** All recordings' notes in one list. */
export function joinStrikeSamples(samples: readonly StrikeSamples[]): LevelSamples {
  return {
    width: LEVEL_INPUTS,
    inputs: joined(samples.map(({ inputs }) => inputs)),
    targets: joined(samples.map(({ targets }) => targets)),
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
