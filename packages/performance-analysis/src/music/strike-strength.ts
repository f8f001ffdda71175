import { LEVEL_INPUTS, levelInputs } from "../features/note-level-inputs.ts";
import type { Spectrogram } from "../features/spectrogram.ts";
import { type NoteLevelModel, noteLevels } from "../judgement/note-level.ts";
import { bytesOfBase64 } from "../transcription/base64.ts";
import type { Note } from "./note.ts";
import { STRIKE_WEIGHTS } from "./strike-weights.ts";

/** Hidden units of the network: as many as `training/src/model/fit-note-level.ts` fits. */
const HIDDEN = 24;
/**
 * dB of true difference for one of the network's: fitted to the least error, it keeps to the middle. With it, measured leads
 * grow by 1.0 dB for each of true ones on seven pianos (docs/analysis.md).
 */
const DECOMPRESSION = 2.6;

const NETWORK = networkOf(bytesOfBase64(STRIKE_WEIGHTS));

/**
 * How strongly each note's key was struck, in dB against the recording's median note (40 · log10 of the ratio of the
 * velocities). Unlike `HeardNote.level` it expects nothing of high notes: it was fitted to performances whose melody is
 * as often struck more softly than the rest as harder. Notes in order of onset.
 */
export function strikeStrengths(notes: readonly Note[], spectrogram: Spectrogram): Float32Array {
  return noteLevels(NETWORK, levelInputs(notes, spectrogram)).map((level) => DECOMPRESSION * level);
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
