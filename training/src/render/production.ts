/** Renders copies of many segments into a folder, and takes up where it was stopped. */

import { appendFile, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readPerformance } from "./performance.ts";
import type { Catalogue } from "./pianos/catalogue.ts";
import { bytesOf } from "./process.ts";
import { type RenderedCopy, renderCopies } from "./render-copy.ts";
import { planOf } from "./schedule.ts";

/** One segment's copy to render. */
export interface Job {
  readonly segment: string;
  readonly copy: number;
}

/** Where segments are and renders go. */
export interface Folders {
  /** Holds `<segment>.mid`. */
  readonly midi: string;
  /** Gets `<segment>.<copy>.raw`, 16-bit mono at 22.05 kHz, little-endian, and a line each in `index.jsonl`. */
  readonly out: string;
}

function fileOf({ segment, copy }: Job): string {
  return `${segment}.${copy}.raw`;
}

/** What isn't rendered yet: all segments of the first copy, then of the next. Segments in the order of their names. */
export async function pendingJobs(folders: Folders, copies: readonly number[]): Promise<Job[]> {
  const files = await readdir(folders.midi);
  const segments = files.filter((file) => file.endsWith(".mid")).map((file) => file.slice(0, -4));
  segments.sort();
  const done = new Set(await readdir(folders.out));
  return copies
    .flatMap((copy) => segments.map((segment) => ({ segment, copy })))
    .filter((job) => !done.has(fileOf(job)));
}

/** Samples of ±1 as 16 bits; what exceeds full scale is clipped, as a decoder does. */
function quantised(sound: Float32Array): Int16Array<ArrayBuffer> {
  const result = new Int16Array(sound.length);
  for (let i = 0; i < sound.length; i++) {
    result[i] = Math.max(-32_768, Math.min(32_767, Math.round(sound[i] * 32_768)));
  }
  return result;
}

/**
 * Renders jobs together; gives the seconds of sound made. The index gets a file's line before the file gets its name, so
 * that every file is described; a line may be there twice, from a run that was stopped in between.
 */
export async function produce(jobs: readonly Job[], folders: Folders, pianos: Catalogue): Promise<number> {
  const requests = await Promise.all(
    jobs.map(async ({ segment, copy }) => ({
      performance: readPerformance(await readFile(join(folders.midi, `${segment}.mid`))),
      options: { seed: `${segment}/${copy}`, ...planOf(copy) },
    })),
  );
  const copies = await renderCopies(requests, pianos);
  let seconds = 0;
  for (const [i, job] of jobs.entries()) {
    const copy = copies[i];
    if (copy === undefined) throw new Error("every job gives a copy");
    await keep(job, copy, folders.out);
    seconds += copy.mono22k.length / copy.sampleRate;
  }
  return seconds;
}

async function keep(job: Job, { mono22k, sampleRate, recipe }: RenderedCopy, out: string): Promise<void> {
  const file = fileOf(job);
  const target = join(out, file);
  await writeFile(`${target}.part`, bytesOf(quantised(mono22k)));
  const line = { ...job, file, samples: mono22k.length, sampleRate, recipe };
  await appendFile(join(out, "index.jsonl"), `${JSON.stringify(line)}\n`);
  await rename(`${target}.part`, target);
}
