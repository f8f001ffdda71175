export { analyse, type ListeningOptions, type ListeningTools, MAX_ANALYSED_SECONDS } from "./analyse.ts";
export type {
  AudioDescription,
  AudioFormat,
  ProbeFailure,
  ProbeFailureCode,
  Verdict,
} from "./container/description.ts";
export { createProbe, type Probe } from "./container/probe.ts";
export { type ByteSource, bytesAsSource } from "./decode/byte-source.ts";
export { rejudgeDimensions } from "./judgement/judge-dimensions.ts";
export { type ListeningModel, parseListeningModel } from "./judgement/model.ts";
export { isDistorted } from "./music/clipping.ts";
export { playedSpan } from "./music/played-span.ts";
export { SAME_MUSIC, sameMusic } from "./music/sketch.ts";
export type { ListeningError, ListeningErrorCode, Result } from "./result.ts";
export { createSignalKernel, type SignalKernel } from "./signal/signal-kernel.ts";
export { createNoteKernel, type NoteKernel } from "./transcription/kernel.ts";
