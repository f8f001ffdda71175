import { PassageSchema, SearchModeSchema } from "@crescendai/contracts";
import { Cache } from "@crescendai/worker-kit";
import * as v from "valibot";

/** Vectors of questions, by model and text; a day, because the same text always gives the same. */
const embeddings = {
  name: "embedding",
  schema: v.array(v.number()),
  secondsToLive: 24 * 60 * 60,
  memoryEntries: 500,
};

/** The cache for a model elsewhere, and the one for a model that runs here and is done sooner than KV. */
const embeddingCaches = {
  kv: new Cache(embeddings),
  memory: new Cache({ ...embeddings, keptIn: "memory" }),
};

export type EmbeddingCache = (typeof embeddingCaches)["kv"];

/** @param keptIn as EMBEDDINGS_KEPT_IN has it, "kv" or "memory". */
export function embeddingCacheIn(keptIn: string): EmbeddingCache {
  return keptIn === "memory" ? embeddingCaches.memory : embeddingCaches.kv;
}

/** Answers of search, by request, models and generation of the library; an hour, for what a generation doesn't show. */
export const searchCache = new Cache({
  name: "search",
  schema: v.strictObject({ query: v.string(), mode: SearchModeSchema, results: v.array(PassageSchema) }),
  secondsToLive: 60 * 60,
  // Some 10 to 50 KB each, as far as their texts aren't among the remembered passages anyway.
  memoryEntries: 500,
});
