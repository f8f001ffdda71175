import { type CacheName, type Caller, failed, ok, type Result } from "@crescendai/contracts";
import { auditStatement, timestamp } from "@crescendai/worker-kit";
import { advanceGeneration } from "../tables/search-state.ts";
import { searchCache } from "./caches.ts";
import type { SearchContext } from "./search-context.ts";

/**
 * Makes everything in these caches a miss. Answers of search go everywhere at once, by the generation in their keys;
 * embeddings, which nothing but another model could change, within a minute.
 *
 * @returns those of the caches that this service has.
 */
export async function invalidateCaches(
  { database, caches, embeddingCache }: SearchContext,
  caller: Caller,
  names: readonly CacheName[],
): Promise<Result<CacheName[]>> {
  const own = (["embedding", "search"] as const).filter((name) => names.includes(name));
  if (own.length === 0) return ok([]);
  const written = await database.write(
    ...(own.includes("search") ? [advanceGeneration()] : []),
    auditStatement(caller, "cache.invalidate", null, timestamp(Date.now())),
  );
  if (!written.ok) return written;
  if (own.includes("search")) await caches.invalidate(searchCache);
  if (own.includes("embedding") && !(await caches.invalidate(embeddingCache))) {
    return failed({
      code: "SERVICE_UNAVAILABLE",
      message: "The cache does not answer just now. Please try again in a moment.",
      retryAfter: 5,
    });
  }
  return ok([...own]);
}
