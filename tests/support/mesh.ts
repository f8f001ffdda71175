import { join } from "node:path";
import { createTestHarness, type TestHarness, type TestHarnessOptions } from "wrangler";
import { DATABASE_OWNERS, ROOT, WORKERS, type WorkerName } from "../../scripts/local/workers.ts";

/** The workers of tests/faults, which can stand in place of a service. */
const FAULTS = ["broken", "recordings-that-fail"] as const;

type FaultName = (typeof FAULTS)[number];

/** What a test changes in the mesh: variables of a worker, or a fault in place of one binding. */
export interface MeshOptions {
  readonly vars?: Partial<Record<WorkerName, Record<string, string>>>;
  /**
   * By worker and binding: the fault to be bound instead of the service. A mesh that is to change to faults later
   * begins with none: `{}`.
   */
  readonly faults?: Partial<Record<WorkerName, Record<string, FaultName>>>;
}

export interface Mesh {
  readonly harness: TestHarness;
  readonly url: URL;
  /** Calls the gateway as a client does. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Runs a worker's scheduled work, as its cron does once a minute. */
  sweep(worker: WorkerName): Promise<void>;
  /** Goes on with other options on the same storage, as after a deployment. */
  change(options: MeshOptions): Promise<void>;
  close(): Promise<void>;
}

/** Starts the whole mesh from its real wrangler files and bundles, with empty storage and migrated databases. */
export async function startMesh(options: MeshOptions = {}): Promise<Mesh> {
  const harness = createTestHarness(harnessOptions(options));
  let { url } = await harness.listen();
  for (const owner of DATABASE_OWNERS) {
    await harness.getWorker(`crescendai-${owner}`).applyD1Migrations("DB");
  }
  return {
    harness,
    get url() {
      return url;
    },
    fetch: (path, init) => fetch(new URL(path, url), init),
    async sweep(worker) {
      // A second later than now, so that what happened in this very millisecond counts as past.
      const scheduledTime = new Date(Date.now() + 1000);
      await harness.getWorker(`crescendai-${worker}`).scheduled({ cron: "* * * * *", scheduledTime });
    },
    async change(changed) {
      await harness.update(harnessOptions(changed));
      ({ url } = await harness.listen());
    },
    close: () => harness.close(),
  };
}

function harnessOptions({ vars = {}, faults }: MeshOptions): TestHarnessOptions {
  return {
    workers: [
      ...WORKERS.map((name) => ({
        configPath: join(ROOT, "workers", name, "wrangler.jsonc"),
        prebuiltWorkerDir: join(ROOT, "workers", name, "dist"),
        vars: vars[name] ?? {},
        bindingOverrides: faults?.[name] ?? {},
      })),
      ...(faults === undefined ? [] : FAULTS).map((fault) => ({
        configPath: join(ROOT, "tests/faults", fault, "wrangler.jsonc"),
      })),
    ],
  };
}
