import {
  createOnsetInputs,
  createOnsetSieve,
  LOWEST_KEY,
  type Network,
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

/** Steps of a stored input to 1: inputs lie within ±3. */
export const INPUT_STEPS = 10_000;

/** Seconds from a played onset within which a candidate is it: the benchmark's. */
const TOLERANCE = 0.05;

/**
 * The candidates of a recording whose notes are known. An onset often gives two or three peaks: each of them within the
 * tolerance is right, as the likeliest alone is kept when notes are extracted, and told the shift to the nearest played note.
 */
export function gatherOnsetSamples(posteriors: Posteriors, played: readonly PlayedNote[]): OnsetSamples {
  const candidates = onsetCandidates(posteriors);
  const inputs = createOnsetInputs(posteriors, candidates);
  const row = new Float32Array(ONSET_INPUTS);
  const stored = new Int16Array(candidates.length * ONSET_INPUTS);
  const labels = new Uint8Array(candidates.length);
  const shifts = new Float32Array(candidates.length);
  const onsets = Map.groupBy(played, ({ pitch }) => pitch - LOWEST_KEY);
  for (const [index, { key, frame, apex }] of candidates.entries()) {
    inputs.write(index, row, 0);
    for (let i = 0; i < ONSET_INPUTS; i += 1) {
      stored[index * ONSET_INPUTS + i] = Math.round(row[i] * INPUT_STEPS);
    }
    let nearest = Number.POSITIVE_INFINITY;
    for (const { onset } of onsets.get(key) ?? []) {
      const shift = onset * posteriors.frameRate - frame - apex;
      if (Math.abs(shift) < Math.abs(nearest)) nearest = shift;
    }
    if (Math.abs(nearest) > TOLERANCE * posteriors.frameRate) continue;
    labels[index] = 1;
    shifts[index] = nearest;
  }
  return { inputs: stored, labels, shifts };
}

/** Those of the samples that a sieve lets pass. */
export function siftedSamples({ inputs, labels, shifts }: OnsetSamples, sieve: Network): OnsetSamples {
  const passes = createOnsetSieve(sieve);
  const passing = Array.from(labels.keys()).filter((index) =>
    passes(
      Float32Array.from(
        inputs.subarray(index * ONSET_INPUTS, (index + 1) * ONSET_INPUTS),
        (value) => value / INPUT_STEPS,
      ),
    ),
  );
  const kept = new Int16Array(passing.length * ONSET_INPUTS);
  for (const [to, index] of passing.entries()) {
    kept.set(inputs.subarray(index * ONSET_INPUTS, (index + 1) * ONSET_INPUTS), to * ONSET_INPUTS);
  }
  return {
    inputs: kept,
    labels: Uint8Array.from(passing, (index) => labels[index]),
    shifts: Float32Array.from(passing, (index) => shifts[index]),
  };
}
