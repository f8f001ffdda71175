import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scriptName, startMesh as startLocalMesh } from "../../scripts/local/mesh.ts";
import type { WorkerName } from "../../scripts/local/workers.ts";
import { type Faults, withFaults } from "./faults.ts";
import { MIGRATED_FOLDER } from "./migrated-folder.ts";

/** What a test changes in the mesh. */
export interface MeshOptions {
  /** Settings, as the environment of `npm start` gives them. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Workers that fail, in place of some bindings. */
  readonly faults?: Faults;
}

type Runtime = Awaited<ReturnType<typeof startLocalMesh>>["mesh"];

/** The mesh as `npm start` runs it, from the workers' bundles and wrangler files, on data in a folder of its own. */
export interface Mesh {
  readonly url: URL;
  readonly runtime: Runtime;
  /** What the workers have logged, a line each. */
  readonly logged: readonly string[];
  /** Calls the gateway as a client does. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /**
   * Runs a worker's scheduled work, as its cron does once a minute.
   *
   * @param ahead milliseconds from now at which it believes itself to be: a second at least, so that what happened in this very
   * millisecond counts as past.
   */
  sweep(worker: WorkerName, ahead?: number): Promise<void>;
  /** Starts anew on the same data, whether the runtime still runs or not. */
  restart(options?: MeshOptions): Promise<void>;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

/** Starts the mesh with empty storage and migrated databases. */
export async function startMesh(options: MeshOptions = {}): Promise<Mesh> {
  const stateFolder = mkdtempSync(join(tmpdir(), "crescendai-mesh-"));
  cpSync(MIGRATED_FOLDER, stateFolder, { recursive: true });
  const logged: string[] = [];
  const run = ({ environment = {}, faults = {} }: MeshOptions) =>
    startLocalMesh({
      host: "127.0.0.1",
      port: 0,
      stateFolder,
      environment,
      changed: (workers) => withFaults(workers, faults),
      log: (line) => logged.push(line),
    });
  let { mesh: runtime, url } = await run(options);
  return {
    get url() {
      return url;
    },
    get runtime() {
      return runtime;
    },
    logged,
    fetch: (path, init) => fetch(new URL(path, url), init),
    async sweep(name, ahead = 1000) {
      const worker = await runtime.getWorker(scriptName(name));
      await worker.scheduled({ cron: "* * * * *", scheduledTime: new Date(Date.now() + ahead) });
    },
    async restart(changed = options) {
      // A runtime that was killed can't say good-bye.
      await runtime.dispose().catch(() => undefined);
      ({ mesh: runtime, url } = await run(changed));
    },
    async close() {
      await runtime.dispose();
      rmSync(stateFolder, { recursive: true, force: true });
    },
  };
}
