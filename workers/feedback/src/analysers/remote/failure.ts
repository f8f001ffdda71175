/**
 * Why the remote analyser didn't help:
 * `unavailable` it can't be reached, is too slow or says that it can't just now: may be better in a moment;
 * `misconfigured` it doesn't take our request, whatever the recording: somebody has to look;
 * `unusable` it answers something that isn't an answer: likewise;
 * `refused` it can't judge this recording;
 * `cancelled` nobody wants the answer any more.
 */
export type RemoteFailureKind = "unavailable" | "misconfigured" | "unusable" | "refused" | "cancelled";

/** Why a remote analyser gave no analysis. */
export interface RemoteFailure {
  readonly kind: RemoteFailureKind;
  /** For the log: our own words, nothing of what came over the wire. */
  readonly reason: string;
  /** Milliseconds after which it asks to be asked again. */
  readonly retryAfterMs?: number;
}
