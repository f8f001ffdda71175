import { LEVEL_INPUTS, levelInputs } from "../features/note-level-inputs.ts";
import type { Spectrogram } from "../features/spectrogram.ts";
import { type NoteLevelModel, noteLevels } from "../judgement/note-level.ts";
import { bytesOfBase64 } from "../transcription/base64.ts";
import type { Note } from "./note.ts";
import { STRIKE_WEIGHTS } from "./strike-weights.ts";

/** Hidden units of the network: as many as `training/src/model/fit-note-level.ts` fits. */
const HIDDEN = 24;
/**
 * dB of true difference for one of the network's, which keeps to the middle as it is fitted to the least error, and for one of
 * the logarithm of the odds that there is a note at all: what the rest covers is recognised less surely, on a piano of loud
 * high notes too. By least squares over the leads of 260 recordings on four pianos; leaving one piano out, leads are known to
 * 3.7 dB with both, to 4.1 without the odds (docs/analysis.md).
 */
const DECOMPRESSION = 1.5;
const SURENESS = 1.1;
/** Probability up to which a note's counts: beyond, the recogniser's differences mean nothing. */
const SUREST = 0.999;

const NETWORK = networkOf(bytesOfBase64(STRIKE_WEIGHTS));

/**
 * How strongly each note's key was struck, in dB against the recording's other notes (40 · log10 of the ratio of the
 * velocities); only differences mean something. Unlike `HeardNote.level` it expects nothing of high notes: it was fitted to
 * performances whose melody is as often struck more softly than the rest as harder. Notes in order of onset.
 */
export function strikeStrengths(notes: readonly Note[], spectrogram: Spectrogram): Float32Array {
  const levels = noteLevels(NETWORK, levelInputs(notes, spectrogram));
  return levels.map((level, index) => DECOMPRESSION * level + SURENESS * logOdds(notes[index].salience));
}

function logOdds(probability: number): number {
  const sure = Math.min(SUREST, Math.max(1 - SUREST, probability));
  return Math.log(sure / (1 - sure));
}

/** Means and scales of the inputs, then the weights, as 32-bit floats, little-endian. */
function networkOf(bytes: Uint8Array): NoteLevelModel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Float32Array.from({ length: bytes.length >> 2 }, (_, index) =>
    view.getFloat32(4 * index, true),
  );
  return {
    inputs: LEVEL_INPUTS,
    hidden: HIDDEN,
    mean: values.subarray(0, LEVEL_INPUTS),
    scale: values.subarray(LEVEL_INPUTS, 2 * LEVEL_INPUTS),
    weights: values.subarray(2 * LEVEL_INPUTS),
  };
}
