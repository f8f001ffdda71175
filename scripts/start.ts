// `npm start`: the whole mesh on one address, with its data in a folder, until it is told to stop.
import { statSync } from "node:fs";
import { createServer } from "node:net";
import { join, relative, resolve } from "node:path";
import type { Miniflare } from "miniflare";
import { claimFolder } from "./local/claim-folder.ts";
import { startCrons } from "./local/crons.ts";
import { startMesh } from "./local/mesh.ts";
import { migrate } from "./local/migrate.ts";
import { run } from "./local/run.ts";
import { seedLocalLibrary } from "./local/seed.ts";
import { ROOT } from "./local/workers.ts";
import { describeSeeded } from "./seed/seed-library.ts";

const HOST = process.env["HOST"] ?? "localhost";
const PORT = readPort(process.env["PORT"]);
const STATE_FOLDER = resolve(ROOT, process.env["STATE_DIR"] ?? ".state");

/** Milliseconds between looks at whether whoever started us is still there. */
const PARENT_CHECK_MS = 500;

await main().catch((cause) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exit(1);
});

async function main(): Promise<void> {
  const running: (() => Promise<void> | void)[] = [];
  stopWhenTold(async () => {
    for (const stop of running.toReversed()) await stop();
  });
  await requireFreePort();
  running.push(claimFolder(STATE_FOLDER));
  console.log("Building the workers and migrating the databases …");
  await Promise.all([run("turbo", ["run", "build"]), migrate(STATE_FOLDER)]);
  const { mesh } = await startMesh({
    host: HOST,
    port: PORT,
    stateFolder: STATE_FOLDER,
    environment: process.env,
    log: (line) => console.log(line),
  });
  running.push(() => mesh.dispose());
  await seed(mesh);
  running.push(startCrons(mesh, (line) => console.error(line)));
  greet();
}

/** Puts the library in. Without it the server still serves: then the next start tries again. */
async function seed(mesh: Miniflare): Promise<void> {
  try {
    const seeded = await seedLocalLibrary(mesh);
    console.log(describeSeeded(seeded));
    for (const failure of seeded.failures) console.error(failure);
  } catch (cause) {
    console.error(`The library is not complete: ${cause instanceof Error ? cause.message : cause}`);
  }
}

function readPort(given: string | undefined): number {
  const port = Number(given ?? "8787");
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    console.error(`PORT must be a number from 1 to 65535, but is ${given}.`);
    process.exit(1);
  }
  return port;
}

/** Fails with a sentence if somebody listens on the port already, before anything is started. */
function requireFreePort(): Promise<void> {
  return new Promise((free, reject) => {
    const probe = createServer();
    probe.on("error", (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === "EADDRINUSE"
          ? new Error(
              `Port ${PORT} is taken. Stop what listens there, or choose another: PORT=8788 npm start`,
            )
          : cause,
      );
    });
    probe.listen(PORT, HOST, () => probe.close(() => free()));
  });
}

/** Ends with the mesh on a signal, and also when whoever started us has gone without one. */
function stopWhenTold(stop: () => Promise<void>): void {
  let stopping = false;
  const end = (code: number) => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", () => end(0));
  process.on("SIGTERM", () => end(0));
  process.on("SIGHUP", () => end(0));
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end(0);
  }, PARENT_CHECK_MS).unref();
}

function greet(): void {
  const url = `http://${HOST}:${PORT}`;
  const sample = "samples/petzold-minuet-in-g.wav";
  console.log(`
CrescendAI Server is at ${url}, its data in ${relative(process.cwd(), STATE_FOLDER) || "."}; Ctrl-C stops it.
The interface is described at ${url}/docs. Send a first recording:

  ${uploadCommand(url, sample)}
`);
}

function uploadCommand(url: string, sample: string): string {
  const { size } = statSync(join(ROOT, sample));
  const metadata = JSON.stringify({ originalName: "minuet.wav", size, type: "audio/wav" });
  return `curl -sS ${url}/api/v1/upload -F 'audio=@${ROOT}/${sample}' -F 'metadata=${metadata}'`;
}
