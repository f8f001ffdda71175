import type { Analysis, Result, StoredRecording } from "@crescendai/contracts";

/** Why a recording can't be analysed: a sentence for the player. Trying again would change nothing. */
export interface AnalysisFailure {
  readonly message: string;
}

/** The file of a recording, in the store. */
export interface StoredAudio {
  /** Bytes of the whole file. */
  readonly size: number;
  /** The bytes from `offset` on: `length` of them, or fewer at the file's end. Throws if they can't be had. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** The whole file from its first byte, not held anywhere. Throws if it can't be had. */
  stream(): Promise<ReadableStream<Uint8Array>>;
}

/**
 * The seam behind which recordings are listened to.
 *
 * @param recording what is known of the file.
 * @param audio the file; left unread where it is of no use.
 * @param progressed told the share of the work that is done, 0 to 1, as it grows; awaited before going on. Where
 * nothing can be told, the same share again, as a sign of life. Rejects once nobody wants the analysis any more.
 * @returns what was heard, or why it can't be; throws only on faults that may pass.
 */
export type Analyser = (
  recording: StoredRecording,
  audio: StoredAudio,
  progressed: (share: number) => Promise<void>,
) => Promise<Result<Analysis, AnalysisFailure>>;
