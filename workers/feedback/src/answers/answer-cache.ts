import { createLogger, type Logger, openTextCache } from "@crescendai/worker-kit";

/** The two shapes of what is said about a recording: the interface's, and the web client's. */
export type AnswerKind = "feedback" | "result";

const KINDS = ["feedback", "result"] as const satisfies readonly AnswerKind[];

/** Seconds that an answer is kept: six hours (the contract's), which is more than a session of practice. */
const ANSWER_SECONDS = 6 * 60 * 60;

/** Answers as they were sent, one of each kind a recording, so that they can be found and removed with it. */
export interface AnswerCache {
  find(kind: AnswerKind, recordingId: string, fingerprint: string): Promise<string | null>;
  keep(kind: AnswerKind, recordingId: string, fingerprint: string, text: string): Promise<void>;
  /** Removes what is kept on a recording; whether that is certain. */
  forget(recordingId: string): Promise<boolean>;
}

/** Keys: `feedback/{recording_id}` and `result/{recording_id}`. */
export function openAnswerCache(
  { CACHE }: Pick<FeedbackEnv, "CACHE">,
  log: Logger = createLogger("feedback"),
): AnswerCache {
  const cache = openTextCache(CACHE, ANSWER_SECONDS, log);
  return {
    find: (kind, recordingId, fingerprint) => cache.find(`${kind}/${recordingId}`, fingerprint),
    keep: (kind, recordingId, fingerprint, text) => cache.keep(`${kind}/${recordingId}`, fingerprint, text),
    async forget(recordingId) {
      const removed = await Promise.all(KINDS.map((kind) => cache.remove(`${kind}/${recordingId}`)));
      return removed.every(Boolean);
    },
  };
}
