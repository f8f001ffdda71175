import { join } from "node:path";
import { createTestHarness, type TestHarness } from "wrangler";

const ROOT = join(import.meta.dirname, "../..");

/** The workers of the mesh; the first is the one that faces the outside. */
const WORKERS = [
  "gateway",
  "upload",
  "recordings",
  "context",
  "chat",
  "rag",
  "feedback",
  "dedalus-orchestrator",
] as const;

export type WorkerName = (typeof WORKERS)[number];

const DATABASE_OWNERS = ["recordings", "context", "feedback"] as const satisfies readonly WorkerName[];

/** What a test changes in the mesh: variables of a worker, or a worker in place of one binding. */
export interface MeshOptions {
  readonly vars?: Partial<Record<WorkerName, Record<string, string>>>;
  /** By worker and binding: the name of one of `extraWorkers`, to be bound instead. */
  readonly bindings?: Partial<Record<WorkerName, Record<string, string>>>;
  /** Wrangler configurations of workers that a test adds, as paths from the tests folder. */
  readonly extraWorkers?: readonly string[];
}

export interface Mesh {
  readonly harness: TestHarness;
  readonly url: URL;
  /** Calls the gateway as a client does. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** Starts the whole mesh from its real wrangler files and bundles, with empty storage and migrated databases. */
export async function startMesh(options: MeshOptions = {}): Promise<Mesh> {
  const harness = createTestHarness({
    workers: [
      ...WORKERS.map((name) => ({
        configPath: join(ROOT, "workers", name, "wrangler.jsonc"),
        prebuiltWorkerDir: join(ROOT, "workers", name, "dist"),
        vars: options.vars?.[name] ?? {},
        bindingOverrides: options.bindings?.[name] ?? {},
      })),
      ...(options.extraWorkers ?? []).map((path) => ({ configPath: join(ROOT, "tests", path) })),
    ],
  });
  const { url } = await harness.listen();
  for (const owner of DATABASE_OWNERS) {
    await harness.getWorker(`crescendai-${owner}`).applyD1Migrations("DB");
  }
  return {
    harness,
    url,
    fetch: (path, init) => fetch(new URL(path, url), init),
    close: () => harness.close(),
  };
}
