import { DurableObject } from "cloudflare:workers";
import type { CacheCounts, Status } from "@crescendai/contracts";
import { timestamp } from "@crescendai/worker-kit";
import { addHistograms, EMPTY_HISTOGRAM, type LatencyHistogram, percentile } from "./latency-histogram.ts";

/** What some requests came to, counted by route, by error code and by cache. */
export interface Tally {
  readonly routes: Readonly<Record<string, LatencyHistogram>>;
  readonly errors: Readonly<Record<string, number>>;
  readonly caches: CacheCounts;
}

/** What is counted before the first request. */
export const EMPTY_TALLY: Tally = { routes: {}, errors: {}, caches: {} };

interface StoredTally extends Tally {
  readonly since: string;
}

/** Adds up what every instance of the gateway has counted. There is one such object. */
export class Metrics extends DurableObject<GatewayEnv> {
  /** Adds a tally to all before. */
  record(tally: Tally): void {
    const stored = this.#stored();
    this.ctx.storage.kv.put(KEY, { ...addTallies(stored, tally), since: stored.since });
  }

  /** Everything recorded since the first tally. */
  read(): Status {
    const { since, routes, errors, caches } = this.#stored();
    return {
      since,
      errors: { ...errors },
      routes: Object.fromEntries(
        Object.entries(routes).map(([route, histogram]) => [route, describe(histogram)]),
      ),
      caches,
    };
  }

  #stored(): StoredTally {
    const stored = this.ctx.storage.kv.get<Partial<StoredTally>>(KEY);
    // What was stored before something was counted has none of it.
    return { ...EMPTY_TALLY, since: timestamp(Date.now()), ...stored };
  }
}

const KEY = "tally";

function describe(histogram: LatencyHistogram): Status["routes"][string] {
  return {
    requests: histogram.reduce((sum, count) => sum + count, 0),
    latency_ms: {
      p50: percentile(histogram, 0.5),
      p95: percentile(histogram, 0.95),
      p99: percentile(histogram, 0.99),
    },
  };
}

/** Two tallies as one. */
export function addTallies(one: Tally, other: Tally): Tally {
  const routes: Record<string, LatencyHistogram> = { ...one.routes };
  for (const [route, histogram] of Object.entries(other.routes)) {
    routes[route] = addHistograms(routes[route] ?? EMPTY_HISTOGRAM, histogram);
  }
  const errors: Record<string, number> = { ...one.errors };
  for (const [code, count] of Object.entries(other.errors)) errors[code] = (errors[code] ?? 0) + count;
  const caches: CacheCounts = { ...one.caches };
  for (const [cache, { hits, misses }] of Object.entries(other.caches)) {
    const before = caches[cache] ?? { hits: 0, misses: 0 };
    caches[cache] = { hits: before.hits + hits, misses: before.misses + misses };
  }
  return { routes, errors, caches };
}
