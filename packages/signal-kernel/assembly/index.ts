/**
 * The inner loops of decoding and listening, in double precision. The host puts what is to be worked on at the pointers
 * that these modules tell, or, for weighted sums, anywhere from `freeMemory` on, where it grows the memory itself. Nothing is
 * allocated here.
 */

import { prepareHybrid } from "./mp3-hybrid";
import { preparePolyphase } from "./mp3-polyphase";
import { prepareSpectrum } from "./spectrum";

export { linesPointer, runHybrid } from "./mp3-hybrid";
export { runPolyphase, soundPointer, synthesisWindowPointer } from "./mp3-polyphase";
export { statePointer, subbandsPointer } from "./mp3-state";
export { magnitudes, magnitudesPointer, samplesPointer } from "./spectrum";
export { halvingSums, weightedSums } from "./weighted-sums";

/** The first address that the host may use. */
export function freeMemory(): usize {
  return __heap_base;
}

/** Works the tables out; the synthesis window must be at its place. Call once. */
export function prepare(): void {
  prepareSpectrum();
  prepareHybrid();
  preparePolyphase();
}
