import * as v from "valibot";
import { CountSchema, TimestampSchema } from "./common.ts";

/** What one service says of itself: of each thing that it binds, whether it answers. */
export const ServiceHealthSchema = v.strictObject({
  status: v.picklist(["healthy", "degraded"]),
  /** Each dependency by its binding's name: "ok", or what is wrong in one word. */
  dependencies: v.record(v.string(), v.picklist(["ok", "failing"])),
});
export type ServiceHealth = v.InferOutput<typeof ServiceHealthSchema>;

/** Answer of `GET /health`: 200 when healthy, 503 when degraded. */
export const HealthSchema = v.strictObject({
  status: v.picklist(["healthy", "degraded"]),
  message: v.string(),
  timestamp: TimestampSchema,
  version: v.string(),
  checks: v.record(
    v.string(),
    v.strictObject({
      status: v.picklist(["healthy", "degraded", "down"]),
      dependencies: v.record(v.string(), v.picklist(["ok", "failing"])),
    }),
  ),
});
export type Health = v.InferOutput<typeof HealthSchema>;

/** The caches of the mesh: vectors of questions, answers of search, feedback, completions of language models. */
export const CACHE_NAMES = ["embedding", "search", "feedback", "llm"] as const;

/** The name of a cache. */
export const CacheNameSchema = v.picklist(CACHE_NAMES);
export type CacheName = v.InferOutput<typeof CacheNameSchema>;

/** Looks into each cache: how many found something, and how many didn't. */
export const CacheCountsSchema = v.record(
  v.string(),
  v.strictObject({ hits: CountSchema, misses: CountSchema }),
);
export type CacheCounts = v.InferOutput<typeof CacheCountsSchema>;

/** Body of `POST /api/v1/admin/cache/invalidate`; without names, all caches. */
export const InvalidateCachesSchema = v.strictObject({
  caches: v.optional(v.pipe(v.array(CacheNameSchema), v.minLength(1)), [...CACHE_NAMES]),
});

/** Answer of the same: the caches in which nothing from before is found any more, those among the asked for that exist. */
export const CachesInvalidatedSchema = v.strictObject({
  message: v.string(),
  caches: v.array(CacheNameSchema),
});

/** Answer of `GET /api/status`: counted since the first request, latencies in milliseconds. */
export const StatusSchema = v.strictObject({
  since: TimestampSchema,
  errors: v.record(v.string(), CountSchema),
  routes: v.record(
    v.string(),
    v.strictObject({
      requests: CountSchema,
      latency_ms: v.strictObject({ p50: v.number(), p95: v.number(), p99: v.number() }),
    }),
  ),
  caches: CacheCountsSchema,
});
export type Status = v.InferOutput<typeof StatusSchema>;

/** Answer of `GET /api/v1/me/export`: what each service holds on the caller. */
export const UserExportSchema = v.strictObject({
  user_id: v.string(),
  exported_at: TimestampSchema,
  services: v.record(v.string(), v.unknown()),
});

/** Answer of `DELETE /api/v1/me`. */
export const UserErasedSchema = v.strictObject({ message: v.string(), user_id: v.string() });
