/** Notes from sound: what a worker needs to hear them, and what the training program needs to fit what decides on them. */

export { extractNotes } from "./extract-notes.ts";
export {
  createNoteKernel,
  KERNEL_SAMPLE_RATE,
  KEYS,
  LOWEST_KEY,
  type NoteKernel,
} from "./kernel.ts";
export { type OnsetCandidate, onsetCandidates } from "./onset-candidates.ts";
export { createOnsetInputs, ONSET_INPUTS, type OnsetInputs } from "./onset-inputs.ts";
export { createOnsetSieve } from "./onset-judge.ts";
export {
  createNetworkRunner,
  decodeNetwork,
  encodeNetwork,
  type Network,
  type NetworkLayer,
  runLayer,
} from "./onset-network.ts";
export {
  createPosteriorStream,
  LEAST_LEVEL,
  LEVEL_STEPS,
  type PosteriorStream,
  type Posteriors,
  SEMITONES,
} from "./posteriors.ts";
