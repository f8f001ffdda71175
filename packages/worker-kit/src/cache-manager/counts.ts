import { type CacheCounts, CacheCountsSchema } from "@crescendai/contracts";
import * as v from "valibot";

/** What this isolate's caches have come to since somebody last took it. Shared by all requests, and of no single one. */
let counts: Record<string, { hits: number; misses: number }> = {};

/** Counts one look into a cache. */
export function countCacheLook(cache: string, outcome: "hits" | "misses"): void {
  const count = counts[cache] ?? { hits: 0, misses: 0 };
  counts[cache] = { ...count, [outcome]: count[outcome] + 1 };
}

/** Tells the gateway, with the next answer, what this isolate's caches have come to; it doesn't leave the mesh. */
export const CACHE_COUNTS_HEADER = "x-crescendai-caches";

/** The answer, with what was counted since the last one. */
export function withCacheCounts(answer: Response): Response {
  if (Object.keys(counts).length === 0) return answer;
  const counted = new Response(answer.body, answer);
  counted.headers.set(CACHE_COUNTS_HEADER, JSON.stringify(counts));
  counts = {};
  return counted;
}

/** What a service's answer says of its caches; nothing if it says nothing. */
export function readCacheCounts(headers: Headers): CacheCounts {
  const parsed = v.safeParse(
    v.pipe(v.string(), v.parseJson(), CacheCountsSchema),
    headers.get(CACHE_COUNTS_HEADER),
  );
  return parsed.success ? parsed.output : {};
}
