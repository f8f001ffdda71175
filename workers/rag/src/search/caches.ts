import { PassageSchema, SearchModeSchema } from "@crescendai/contracts";
import { Cache } from "@crescendai/worker-kit";
import * as v from "valibot";

/** Vectors of questions, by model and text; a day, because the same text always gives the same. */
export const embeddingCache = new Cache({
  name: "embedding",
  schema: v.array(v.number()),
  secondsToLive: 24 * 60 * 60,
  memoryEntries: 500,
});

/** Answers of search, by request, models and generation of the library; an hour, for what a generation doesn't show. */
export const searchCache = new Cache({
  name: "search",
  schema: v.strictObject({ query: v.string(), mode: SearchModeSchema, results: v.array(PassageSchema) }),
  secondsToLive: 60 * 60,
  memoryEntries: 200,
});
