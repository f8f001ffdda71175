// `npm run bench`: figures on this machine, through the mesh as `npm start` runs it, in one run.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { benchHops } from "./bench/hops.ts";
import { benchUploadMemory, benchUploadTime } from "./bench/uploads.ts";
import { startMesh } from "./local/mesh.ts";
import { migrate } from "./local/migrate.ts";
import { run } from "./local/run.ts";

const stateFolder = await mkdtemp(join(tmpdir(), "crescendai-bench-"));
try {
  await Promise.all([run("turbo", ["run", "build"]), migrate(stateFolder)]);
  const { mesh, url } = await startMesh({
    host: "127.0.0.1",
    port: 0,
    stateFolder,
    environment: {},
    directlyReachable: ["gateway", "context"],
    log: () => undefined,
  });
  console.log(`${cpus().length} cores, ${cpus()[0]?.model ?? "unknown"}; Node ${process.version}`);
  await benchHops(mesh);
  await benchUploadTime(url);
  await benchUploadMemory(url, childProcess());
  await mesh.dispose();
} finally {
  rmSync(stateFolder, { recursive: true, force: true });
}

/** The runtime's process: the newest child of ours. */
function childProcess(): number {
  const children = readdirSync("/proc").filter(
    (entry) => /^\d+$/.test(entry) && parentOf(entry) === process.pid,
  );
  return Math.max(...children.map(Number));
}

function parentOf(entry: string): number {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${entry}/status`, "utf8"))?.[1]);
  } catch {
    return Number.NaN;
  }
}
