import { type Passage, PassageSchema, SearchModeSchema } from "@crescendai/contracts";
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

/**
 * Characters of an answer that count as one entry: those of ten passages, as most answers have. A request may want fifty; at two
 * bytes each 500 such entries are 25 of the 128 MB that an isolate has, whatever is asked.
 */
const CHARACTERS_AN_ENTRY = 25_000;

/** What a passage has besides its text, in characters: an excerpt (400 at most), its title, its ids. */
const BESIDES_TEXT = 1000;

function charactersOf(results: readonly Passage[]): number {
  return results.reduce((sum, { text }) => sum + text.length + BESIDES_TEXT, 0);
}

/** Answers of search, by request, models and generation of the library; an hour, for what a generation doesn't show. */
export const searchCache = new Cache({
  name: "search",
  schema: v.strictObject({ query: v.string(), mode: SearchModeSchema, results: v.array(PassageSchema) }),
  secondsToLive: 60 * 60,
  memoryEntries: 500,
  countsFor: ({ results }) => Math.ceil((1 + charactersOf(results)) / CHARACTERS_AN_ENTRY),
});
