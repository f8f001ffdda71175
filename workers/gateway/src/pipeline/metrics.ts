import type { CacheCounts, ErrorCode } from "@crescendai/contracts";
import { addLatency, EMPTY_HISTOGRAM } from "../durable-objects/latency-histogram.ts";
import { addTallies, EMPTY_TALLY, type Metrics, type Tally } from "../durable-objects/metrics.ts";

/** Milliseconds between two writes of what an instance has counted: one a second, however many requests. */
const FLUSH_INTERVAL_MS = 1000;

/** What this instance has counted since it last wrote. It is shared by all its requests, and of no single one. */
let pending: Tally = EMPTY_TALLY;
let flushedAt = 0;

/** The one object that adds up what all instances have counted. */
export function metricsObject(env: GatewayEnv): DurableObjectStub<Metrics> {
  return env.METRICS.getByName("gateway");
}

/** Counts one request; writes the count, with others, once a second. */
export async function countRequest(
  env: GatewayEnv,
  request: {
    readonly route: string;
    readonly milliseconds: number;
    readonly code: ErrorCode | null;
    /** Looks into the caches of the service that answered, since its last answer. */
    readonly caches: CacheCounts;
  },
  now: number,
): Promise<void> {
  pending = addTallies(pending, {
    routes: { [request.route]: addLatency(EMPTY_HISTOGRAM, request.milliseconds) },
    errors: request.code === null ? {} : { [request.code]: 1 },
    caches: request.caches,
  });
  if (now - flushedAt < FLUSH_INTERVAL_MS) return;
  flushedAt = now;
  await flushMetrics(env);
}

/** Writes what this instance has counted. What can't be written is counted again next time. */
export async function flushMetrics(env: GatewayEnv): Promise<void> {
  const tally = pending;
  pending = EMPTY_TALLY;
  try {
    await metricsObject(env).record(tally);
  } catch {
    pending = addTallies(pending, tally);
  }
}
