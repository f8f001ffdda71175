import {
  createOnsetInputs,
  LOWEST_KEY,
  ONSET_INPUTS,
  onsetCandidates,
  type Posteriors,
} from "@crescendai/performance-analysis/transcription";
import type { PlayedNote } from "../render/performance.ts";

/** Candidates of onsets and what they are. */
export interface OnsetSamples {
  /** Each candidate's inputs in a row, in `INPUT_STEPS`ths. */
  readonly inputs: Int16Array;
  /** 1 for an onset, 0 for none. */
  readonly labels: Uint8Array;
  /** From the candidate's apex to the onset, in frames; 0 where there is none. */
  readonly shifts: Float32Array;
}

/** Steps of a stored input to 1: inputs lie within ±3.2. */
export const INPUT_STEPS = 10_000;

/** Seconds from a played onset within which a candidate may be it. */
const TOLERANCE = 0.05;

/** The candidates of a recording whose notes are known. A played note is its nearest candidate's, and no other's. */
export function gatherOnsetSamples(posteriors: Posteriors, played: readonly PlayedNote[]): OnsetSamples {
  const candidates = onsetCandidates(posteriors);
  const inputs = createOnsetInputs(posteriors);
  const row = new Float32Array(ONSET_INPUTS);
  const stored = new Int16Array(candidates.length * ONSET_INPUTS);
  const labels = new Uint8Array(candidates.length);
  const shifts = new Float32Array(candidates.length);
  const pairs: { readonly index: number; readonly note: number; readonly shift: number }[] = [];
  const byKey = new Map<number, number[]>();
  for (const [note, { pitch }] of played.entries()) {
    byKey.set(pitch - LOWEST_KEY, [...(byKey.get(pitch - LOWEST_KEY) ?? []), note]);
  }
  for (const [index, candidate] of candidates.entries()) {
    inputs.write(candidate, row, 0);
    for (let i = 0; i < ONSET_INPUTS; i += 1) {
      stored[index * ONSET_INPUTS + i] = Math.round(row[i] * INPUT_STEPS);
    }
    for (const note of byKey.get(candidate.key) ?? []) {
      const shift = played[note].onset * posteriors.frameRate - candidate.frame - candidate.apex;
      if (Math.abs(shift) <= TOLERANCE * posteriors.frameRate) pairs.push({ index, note, shift });
    }
  }
  pairs.sort((a, b) => Math.abs(a.shift) - Math.abs(b.shift) || a.index - b.index);
  const taken = new Set<number>();
  for (const { index, note, shift } of pairs) {
    if (labels[index] === 1 || taken.has(note)) continue;
    taken.add(note);
    labels[index] = 1;
    shifts[index] = shift;
  }
  return { inputs: stored, labels, shifts };
}
