/**
 * Renders copies of all segments: `node training/src/cli/render.ts --data DIR --cache DIR --out DIR --copies 0,1,2`.
 *
 * Options: `--data` the folder with `midi/`; `--cache` for samples and measurements; `--out` for the renders (default:
 * `renders` in the cache); `--copies` the numbers of the copies, as `0-3,6`; `--workers` how many threads (1);
 * `--soundfonts` a folder with .sf2 files, may be given more than once; `--limit` the most jobs to do.
 */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { openCatalogue, type PianoSources } from "../render/pianos/catalogue.ts";
import { fetchSources } from "../render/pianos/sources.ts";
import { type Folders, type Job, pendingJobs, produce } from "../render/production.ts";

/** What a thread is given to do. */
interface Share {
  readonly sources: PianoSources;
  readonly folders: Folders;
  readonly jobs: readonly Job[];
}

/** Jobs rendered together, for one start of ffmpeg. */
const BATCH = 16;
/** Batches of a thread at the same time: while one waits for ffmpeg or FluidSynth, another is computed. */
const AT_ONCE = 2;

/** Told what has been rendered: how many copies, how many seconds. */
type Report = (copies: number, seconds: number) => void;

/** `0-3,6` → 0, 1, 2, 3, 6. */
function numbersOf(text: string): number[] {
  return text.split(",").flatMap((part) => {
    const [first, last = first] = part.split("-").map(Number);
    if (!Number.isInteger(first) || !Number.isInteger(last) || first === undefined || last === undefined) {
      throw new Error(`--copies takes numbers as in 0-3,6, not ${text}`);
    }
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

async function work({ sources, folders, jobs }: Share, done: Report): Promise<void> {
  const pianos = await openCatalogue(sources);
  let next = 0;
  const oneAfterTheOther = async (): Promise<void> => {
    while (next < jobs.length) {
      const batch = jobs.slice(next, next + BATCH);
      next += BATCH;
      done(batch.length, await produce(batch, folders, pianos));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, oneAfterTheOther));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      cache: { type: "string" },
      out: { type: "string" },
      copies: { type: "string", default: "0" },
      workers: { type: "string", default: "1" },
      soundfonts: { type: "string", multiple: true, default: [] },
      limit: { type: "string" },
    },
  });
  if (values.data === undefined || values.cache === undefined)
    throw new Error("--data and --cache are needed");
  const folders = { midi: join(values.data, "midi"), out: values.out ?? join(values.cache, "renders") };
  await mkdir(folders.out, { recursive: true });
  const sources = await fetchSources(values.cache, values.soundfonts);
  const pending = await pendingJobs(folders, numbersOf(values.copies));
  const jobs = pending.slice(0, values.limit === undefined ? pending.length : Number(values.limit));
  console.log(`${jobs.length} copies to render`);

  const started = performance.now();
  let count = 0;
  let rendered = 0;
  const report: Report = (copies, seconds) => {
    count += copies;
    rendered += seconds;
    const speed = rendered / ((performance.now() - started) / 1000);
    console.log(
      `${count} of ${jobs.length}, ${(rendered / 3600).toFixed(2)} h, ${speed.toFixed(0)} × real time`,
    );
  };
  const workers = Number(values.workers);
  if (workers === 1) return work({ sources, folders, jobs }, report);
  await Promise.all(
    Array.from({ length: workers }, (_, thread) => {
      const share: Share = { sources, folders, jobs: jobs.filter((_, i) => i % workers === thread) };
      return inThread(share, report);
    }),
  );
}

function inThread(share: Share, report: Report): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share });
    worker.on("message", ([copies, seconds]) => report(copies, seconds));
    worker.on("error", reject);
    worker.on("exit", () => resolve());
  });
}

if (isMainThread) await main();
else await work(workerData, (...done) => parentPort?.postMessage(done));
