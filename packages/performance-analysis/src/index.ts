export type {
  AudioDescription,
  AudioFormat,
  ProbeFailure,
  ProbeFailureCode,
  Verdict,
} from "./container/description.ts";
export { createProbe, type Probe } from "./container/probe.ts";
export {
  createListener,
  type Listener,
  type ListenerOptions,
  MAX_ANALYSED_SECONDS,
  MODEL_VERSION,
} from "./listen.ts";
export type { ListeningError, ListeningErrorCode, Result } from "./result.ts";
