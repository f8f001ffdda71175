import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMesh } from "../../scripts/local/mesh.ts";
import { migrate } from "../../scripts/local/migrate.ts";

/** Settings of the mesh, as the environment of `npm start` gives them. */
type Environment = Readonly<Record<string, string>>;

type Runtime = Awaited<ReturnType<typeof startMesh>>["mesh"];

/**
 * The mesh as `npm start` runs it, on data in a folder of its own. For what the harness of `startMesh` (mesh.ts) hides:
 * a runtime that can be killed, and connections to the outside that are the runtime's own. The harness leads them
 * through a server in Node, where an upload that was answered too early stands for five minutes.
 */
export interface LocalMesh {
  /** Calls the gateway as a client does. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  readonly runtime: Runtime;
  /** Starts anew on the same data, whether the runtime still runs or not. */
  restart(environment?: Environment): Promise<void>;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

/** Starts the mesh with empty storage and migrated databases. */
export async function startLocalMesh(environment: Environment = {}): Promise<LocalMesh> {
  const folder = mkdtempSync(join(tmpdir(), "crescendai-mesh-"));
  await migrate(folder);
  let { mesh, url } = await run(folder, environment);
  return {
    fetch: (path, init) => fetch(new URL(path, url), init),
    get runtime() {
      return mesh;
    },
    async restart(changed = environment) {
      // A runtime that was killed can't say good-bye.
      await mesh.dispose().catch(() => undefined);
      ({ mesh, url } = await run(folder, changed));
    },
    async close() {
      await mesh.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function run(stateFolder: string, environment: Environment) {
  return startMesh({ host: "127.0.0.1", port: 0, stateFolder, environment, log: () => undefined });
}
