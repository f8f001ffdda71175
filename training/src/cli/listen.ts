/**
 * Hears all renders: `node training/src/cli/listen.ts --renders DIR --heard DIR`.
 *
 * Takes up where it was stopped. `--workers` how many threads (1); `--copies` only these, as `0,4,5`.
 */

import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { hear, openKernels } from "../data/ears.ts";
import { encodeHeard } from "../data/heard-file.ts";
import { type Render, readRenders } from "../data/renders.ts";
import { heardFile } from "../fitting/level-samples.ts";

interface Share {
  readonly renders: readonly Render[];
  readonly from: string;
  readonly to: string;
}

/** Full scale of 16-bit samples. */
const FULL_SCALE = 32_768;

async function work({ renders, from, to }: Share): Promise<void> {
  const kernels = await openKernels();
  for (const render of renders) {
    const bytes = await readFile(join(from, render.file));
    const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
    const heard = hear(
      kernels,
      Float32Array.from(samples, (sample) => sample / FULL_SCALE),
    );
    const target = join(to, heardFile(render));
    await writeFile(`${target}.part`, encodeHeard(heard));
    await rename(`${target}.part`, target);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      renders: { type: "string" },
      heard: { type: "string" },
      copies: { type: "string" },
      workers: { type: "string", default: "1" },
    },
  });
  const { renders: from, heard: to } = values;
  if (from === undefined || to === undefined) throw new Error("--renders and --heard are needed");
  await mkdir(to, { recursive: true });
  const done = new Set(await readdir(to));
  const copies = values.copies?.split(",").map(Number);
  const renders = (await readRenders(from)).filter(
    (render) => !done.has(heardFile(render)) && (copies === undefined || copies.includes(render.copy)),
  );
  console.log(`${renders.length} renders to hear`);
  const started = performance.now();
  const workers = Number(values.workers);
  if (workers === 1) await work({ renders, from, to });
  else
    await Promise.all(
      Array.from({ length: workers }, (_, thread) =>
        inThread({ renders: renders.filter((_render, index) => index % workers === thread), from, to }),
      ),
    );
  console.log(`heard in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

function inThread(share: Share): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share });
    worker.on("error", reject);
    worker.on("exit", () => resolve());
  });
}

if (isMainThread) await main();
else await work(workerData);
