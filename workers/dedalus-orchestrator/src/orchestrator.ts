import type { Database, Logger, RetryPolicy } from "@crescendai/worker-kit";
import type { Dedalus } from "dedalus-labs";
import type { CompletionCache } from "./completion-cache.ts";
import type { Configuration } from "./configuration.ts";
import type { TimeLimits } from "./policy.ts";

/** What a completion needs of the world. */
export interface Orchestrator {
  readonly configuration: Configuration;
  readonly client: Dedalus;
  readonly database: Database;
  readonly cache: CompletionCache;
  readonly log: Logger;
  readonly limits: TimeLimits;
  readonly retry: RetryPolicy;
  /** Waits some milliseconds; rejects when the signal is raised. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Lets work go on behind the answer. */
  readonly waitUntil: (work: Promise<unknown>) => void;
}
