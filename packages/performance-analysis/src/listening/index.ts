export { extractFeatures } from "../features/extract-features.ts";
export { createFeatureList, type FeatureList } from "../features/feature-list.ts";
export { addNoteFeatures } from "../features/note-features.ts";
export { LEVEL_INPUTS, levelInputs } from "../features/note-level-inputs.ts";
export {
  createSpectrogram,
  levelOfByte,
  SPECTROGRAM_RATE,
  type Spectrogram,
} from "../features/spectrogram.ts";
export { followMelody } from "../music/melody.ts";
export type { HeardNote, Note } from "../music/note.ts";
export { readNotes } from "../music/note-reading.ts";
export { groupOnsets } from "../music/onset-groups.ts";
export { createSignalKernel, type SignalKernel } from "../signal/signal-kernel.ts";
export { extractNotes } from "../transcription/extract-notes.ts";
export { createNoteKernel, KEYS, type NoteKernel } from "../transcription/kernel.ts";
export { createPosteriorStream, type Posteriors, SEMITONES } from "../transcription/posteriors.ts";
export { LISTENING_VERSION } from "./version.ts";
