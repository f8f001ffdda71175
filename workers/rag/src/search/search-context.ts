import { waitUntil } from "cloudflare:workers";
import { CacheManager, type Logger } from "@crescendai/worker-kit";
import { type Library, openLibrary } from "../library.ts";
import { type EmbeddingCache, embeddingCacheIn } from "./caches.ts";

/** The library, with what search needs besides. */
export interface SearchContext extends Library {
  readonly rerankingModel: string;
  readonly caches: CacheManager;
  readonly embeddingCache: EmbeddingCache;
}

export function openSearch(env: RagEnv, log: Logger): SearchContext {
  return {
    ...openLibrary(env, log),
    rerankingModel: env.RERANKING_MODEL,
    caches: new CacheManager({ namespace: env.CACHE, log, waitUntil }),
    embeddingCache: embeddingCacheIn(env.EMBEDDINGS_KEPT_IN),
  };
}
