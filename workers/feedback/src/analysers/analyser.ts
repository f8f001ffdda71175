import type { Analysis, Result, StoredRecording } from "@crescendai/contracts";

/** Why a recording can't be analysed: a sentence for the player. Trying again would change nothing. */
export interface AnalysisFailure {
  readonly message: string;
}

/**
 * The seam behind which recordings are listened to.
 *
 * @param recording what is known of the file.
 * @param bytes the file from its first byte; left unread where it is of no use.
 * @param progressed told the share of the file listened to, 0 to 1, as it grows; awaited before going on.
 * @returns what was heard, or why it can't be; throws only on faults that may pass.
 */
export type Analyser = (
  recording: StoredRecording,
  bytes: AsyncIterable<Uint8Array>,
  progressed: (share: number) => Promise<void>,
) => Promise<Result<Analysis, AnalysisFailure>>;
