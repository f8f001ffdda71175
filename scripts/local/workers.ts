import { join } from "node:path";

/** The repository's root folder. */
export const ROOT = join(import.meta.dirname, "..", "..");

/**
 * The workers of the mesh, by their folders below workers/; the first is the one that faces the outside, those in
 * local/ stand in for what only Cloudflare's network has.
 */
export const WORKERS = [
  "gateway",
  "upload",
  "recordings",
  "context",
  "chat",
  "rag",
  "feedback",
  "dedalus-orchestrator",
  "local/vectorize",
  "local/ai",
  "local/dedalus",
] as const;

export type WorkerName = (typeof WORKERS)[number];

/** The workers that own a D1 database, each bound as `DB`, with its migrations where its wrangler file says. */
export const DATABASE_OWNERS = [
  "recordings",
  "context",
  "rag",
  "feedback",
  "dedalus-orchestrator",
  "chat",
] as const satisfies readonly WorkerName[];

export function workerFolder(name: WorkerName): string {
  return join(ROOT, "workers", name);
}

export function wranglerConfig(name: WorkerName): string {
  return join(workerFolder(name), "wrangler.jsonc");
}

/** Where `turbo run build` puts a worker's bundle. */
export function bundleFolder(name: WorkerName): string {
  return join(workerFolder(name), "dist");
}
