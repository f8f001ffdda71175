import { waitUntil } from "cloudflare:workers";
import { type CacheName, failed, ok, type Result } from "@crescendai/contracts";
import { Cache, CacheManager, createLogger, type Logger } from "@crescendai/worker-kit";
import * as v from "valibot";

/** The two shapes of what is said about a recording: the interface's, and the web client's. */
export type AnswerKind = "feedback" | "result";

const KINDS = ["feedback", "result"] as const satisfies readonly AnswerKind[];

/**
 * Answers as JSON text, one of each kind a recording, so that they can be found and removed with it: no isolate remembers
 * them by itself. Six hours (the contract's) are more than a session of practice.
 */
const answerCache = new Cache({
  name: "feedback",
  schema: v.string(),
  secondsToLive: 6 * 60 * 60,
  memoryEntries: 0,
});

/** Answers as they were sent, each found only by whoever would make it from the same. */
export interface AnswerCache {
  find(kind: AnswerKind, recordingId: string, madeFrom: unknown): Promise<string | null>;
  keep(kind: AnswerKind, recordingId: string, madeFrom: unknown, text: string): Promise<void>;
  /** Removes what is kept on a recording; whether that is certain. */
  forget(recordingId: string): Promise<boolean>;
  /** Makes every answer a miss, if this cache is among those named; which of them it is. */
  invalidate(caches: readonly CacheName[]): Promise<Result<CacheName[]>>;
}

/** Keys: `feedback/feedback/{recording_id}` and `feedback/result/{recording_id}`. */
export function openAnswerCache(
  { CACHE }: Pick<FeedbackEnv, "CACHE">,
  log: Logger = createLogger("feedback"),
): AnswerCache {
  const caches = new CacheManager({ namespace: CACHE, log, waitUntil });
  return {
    find: (kind, recordingId, madeFrom) => caches.find(answerCache, `${kind}/${recordingId}`, madeFrom),
    keep: (kind, recordingId, madeFrom, text) =>
      caches.keep(answerCache, `${kind}/${recordingId}`, madeFrom, text),
    async forget(recordingId) {
      const removed = await Promise.all(
        KINDS.map((kind) => caches.remove(answerCache, `${kind}/${recordingId}`)),
      );
      return removed.every(Boolean);
    },
    async invalidate(names) {
      if (!names.includes("feedback")) return ok([]);
      if (await caches.invalidate(answerCache)) return ok(["feedback"]);
      return failed({
        code: "SERVICE_UNAVAILABLE",
        message: "The cache does not answer just now. Please try again in a moment.",
        retryAfter: 5,
      });
    },
  };
}
