import { waitUntil } from "cloudflare:workers";
import {
  type CacheName,
  type Completion,
  type CompletionRequest,
  CompletionSchema,
  failed,
  ok,
  type Result,
} from "@crescendai/contracts";
import { Cache, CacheManager, describeCause, type Logger, sha256Hex } from "@crescendai/worker-kit";

/**
 * Two hours: long enough for a page that is loaded again, short enough that no stale answer stays. No isolate remembers
 * completions by itself, so that they can be removed with their user.
 */
const completions = new Cache({
  name: "llm",
  schema: CompletionSchema,
  secondsToLive: 2 * 60 * 60,
  memoryEntries: 0,
});

/** Completions that are kept for whoever asks for exactly the same: user, model, messages, tools and every parameter. */
export interface CompletionCache {
  find(request: CompletionRequest, model: string): Promise<Completion | null>;
  keep(request: CompletionRequest, model: string, completion: Completion): Promise<void>;
  /** Removes all that is kept for a user; whether that is certain. */
  forget(userId: string): Promise<boolean>;
  /** Makes every completion a miss, if this cache is among those named; which of them it is. */
  invalidate(caches: readonly CacheName[]): Promise<Result<CacheName[]>>;
}

/** Keys: `llm/{user}/{SHA-256 of what was asked}`. */
export function openCompletionCache(namespace: KVNamespace, log: Logger): CompletionCache {
  const caches = new CacheManager({ namespace, log, waitUntil });
  return {
    async find(request, model) {
      const { subject, madeFrom } = await placeOf(request, model);
      const kept = await caches.find(completions, subject, madeFrom);
      return kept === null ? null : asCached(kept);
    },
    async keep(request, model, completion) {
      const { subject, madeFrom } = await placeOf(request, model);
      await caches.keep(completions, subject, madeFrom, completion);
    },
    async invalidate(names) {
      if (!names.includes("llm")) return ok([]);
      if (await caches.invalidate(completions)) return ok(["llm"]);
      return failed({
        code: "SERVICE_UNAVAILABLE",
        message: "The cache does not answer just now. Please try again in a moment.",
        retryAfter: 5,
      });
    },
    async forget(userId) {
      try {
        await removeAll(namespace, `llm/${folderOf(userId)}`);
        return true;
      } catch (cause) {
        log.error("cache not cleared", { code: "STORAGE_ERROR", cause: describeCause(cause) });
        return false;
      }
    },
  };
}

async function removeAll(namespace: KVNamespace, prefix: string): Promise<void> {
  for (let cursor: string | null = null; ; ) {
    const page: KVNamespaceListResult<unknown> = await namespace.list({ prefix, cursor });
    await Promise.all(page.keys.map(({ name }) => namespace.delete(name)));
    if (page.list_complete) return;
    cursor = page.cursor;
  }
}

/** No user's name has a slash in it (`UserIdSchema`): none is the beginning of another's folder. */
function folderOf(userId: string): string {
  return `${userId}/`;
}

/** Whatever the request says counts, but who asks when and whether it may be repeated. */
async function placeOf(request: CompletionRequest, model: string) {
  const { user_id, request_id: _, repeatable: __, ...asked } = request;
  const madeFrom = [model, Object.entries(asked).toSorted(byName)];
  return { subject: `${folderOf(user_id)}${await sha256Hex(JSON.stringify(madeFrom))}`, madeFrom };
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** It costs nothing the second time. */
function asCached(completion: Completion): Completion {
  return {
    ...completion,
    usage: { prompt_tokens: 0, completion_tokens: 0, cost_microdollars: 0 },
    cached: true,
  };
}
