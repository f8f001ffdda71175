// `npm run bench`: figures on this machine, through the mesh as `npm start` runs it, in one run.
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { benchCompletions } from "./bench/completions.ts";
import { benchConversations } from "./bench/conversations.ts";
import { benchEndToEnd } from "./bench/end-to-end.ts";
import { benchHops } from "./bench/hops.ts";
import { makeRecordings } from "./bench/listening/recordings.ts";
import { benchListening } from "./bench/listening.ts";
import { benchSearch } from "./bench/search.ts";
import { benchUploadMemory, benchUploadTime } from "./bench/uploads.ts";
import { benchVectors } from "./bench/vectors.ts";
import { startMesh } from "./local/mesh.ts";
import { migrate } from "./local/migrate.ts";
import { run } from "./local/run.ts";

/** Seconds of the recordings: what is heard before measuring, a short take, a long one, and the longest that are analysed. */
const WARM_UP = 6;
const SHORT = 30;
const LONG = 180;
const LONGEST = [600, 1200];

/** Parts that can be measured alone: `npm run bench -- completions`; without a name all are, and hops and uploads too. */
const PARTS = ["listening", "vectors", "completions", "search"] as const;
const unknown = process.argv.slice(2).filter((name) => !PARTS.some((part) => part === name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")} to measure; there are ${PARTS.join(", ")}.`);
  process.exit(2);
}
const named = PARTS.filter((part) => process.argv.includes(part));
const measuresAll = named.length === 0;

function wants(part: (typeof PARTS)[number]): boolean {
  return measuresAll || named.includes(part);
}

// An end from outside is an exit too, so that the runtimes end with us.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const stateFolder = await mkdtemp(join(tmpdir(), "crescendai-bench-"));
try {
  await Promise.all([run("turbo", ["run", "build"]), migrate(stateFolder)]);
  console.log(`${cpus().length} cores, ${cpus()[0]?.model ?? "unknown"}; Node ${process.version}`);
  if (wants("listening")) await benchMesh();
  if (wants("vectors")) await benchVectors(stateFolder);
  if (wants("completions")) {
    await benchCompletions(stateFolder);
    await benchConversations(stateFolder);
  }
  if (wants("search")) await benchSearch();
} finally {
  rmSync(stateFolder, { recursive: true, force: true });
}

async function benchMesh(): Promise<void> {
  const { mesh, url } = await startMesh({
    host: "127.0.0.1",
    port: 0,
    stateFolder,
    environment: {},
    directlyReachable: ["gateway", "context"],
    log: () => undefined,
  });
  const audioFolder = join(stateFolder, "audio");
  mkdirSync(audioFolder);
  const recordings = makeRecordings(audioFolder, [WARM_UP, SHORT, LONG], LONGEST);
  await benchEndToEnd(
    url,
    audioFolder,
    recordings.filter(
      ({ format, seconds }) => /WAV|MP3/.test(format) && (seconds === SHORT || seconds === LONG),
    ),
  );
  if (measuresAll) {
    await benchHops(mesh);
    await benchUploadTime(url);
    await benchUploadMemory(url, childProcess());
  }
  await mesh.dispose();
  await benchListening(
    audioFolder,
    recordings.filter(({ seconds }) => seconds >= LONG),
    recordings.filter(({ seconds }) => seconds === WARM_UP),
  );
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
