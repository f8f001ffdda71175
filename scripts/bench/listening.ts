import { join } from "node:path";
import { run } from "../local/run.ts";
import { serveFiles } from "./listening/file-server.ts";
import { watchHeap } from "./listening/heap.ts";
import {
  forgetPeak,
  peakResidentMebibytes,
  processorSeconds,
  residentMebibytes,
} from "./listening/process.ts";
import type { BenchRecording } from "./listening/recordings.ts";
import { type Runtime, startRuntime, WORKER_CONFIG, WORKER_NAME } from "./listening/runtime.ts";
import { mark } from "./statistics.ts";

/** Processor seconds for a minute of sound, at most. */
const TARGET_SECONDS_A_MINUTE = 2;
/** MiB that listening may hold, at most; an isolate has 128. */
const TARGET_MEBIBYTES = 100;

interface Cost {
  readonly processorSeconds: number;
  /** MiB in use by the isolate at most, garbage left out. */
  readonly inUse: number;
  /** The same with garbage that wasn't collected yet. */
  readonly withGarbage: number;
  /** MiB by which the whole process grew. */
  readonly residentGrowth: number;
}

/**
 * What listening costs inside workerd, by format and length: each recording in a fresh runtime that holds nothing but the
 * worker that listens and has heard a few seconds before, so that what is measured isn't its start. Processor time and resident
 * memory are the process's, seen from outside; what the isolate holds is what V8 tells the inspector. The file is
 * heard twice: as it is, and with collections forced, which tells what is held from what is merely left lying.
 *
 * @param folder holds the recordings
 * @param warmUps a short recording of each format
 */
export async function benchListening(
  folder: string,
  recordings: readonly BenchRecording[],
  warmUps: readonly BenchRecording[],
): Promise<void> {
  const bundle = join(folder, "bundle");
  await run("wrangler", ["deploy", "--dry-run", "-c", WORKER_CONFIG, "--outdir", bundle]);
  const files = await serveFiles(folder);
  console.log(
    "\nListening in workerd (MiB of the isolate: at most in use, and with garbage not yet collected)",
  );
  console.log("                 CPU  CPU a minute     in use  with garbage  growth of the process");
  try {
    for (const recording of recordings) {
      const warmUp = warmUps.find(({ format }) => format === recording.format) ?? recording;
      report(recording, await listenTo(bundle, files.port, warmUp, recording));
    }
  } finally {
    files.close();
  }
}

function report({ format, seconds }: BenchRecording, cost: Cost): void {
  const aMinute = (cost.processorSeconds / seconds) * 60;
  console.log(
    `  ${format.padEnd(4)} ${String(seconds / 60).padStart(2)} min ${cost.processorSeconds.toFixed(1).padStart(6)} s` +
      `  ${aMinute.toFixed(2).padStart(6)} s ${mark(aMinute <= TARGET_SECONDS_A_MINUTE)} (≤ ${TARGET_SECONDS_A_MINUTE})` +
      `  ${cost.inUse.toFixed(0).padStart(5)} ${mark(cost.inUse < TARGET_MEBIBYTES)}` +
      `  ${cost.withGarbage.toFixed(0).padStart(5)} ${mark(cost.withGarbage < TARGET_MEBIBYTES)} (< ${TARGET_MEBIBYTES})` +
      `  ${cost.residentGrowth.toFixed(0).padStart(6)}`,
  );
}

async function listenTo(
  bundle: string,
  filesPort: number,
  warmUp: BenchRecording,
  recording: BenchRecording,
): Promise<Cost> {
  const runtime = await startRuntime(bundle, filesPort);
  const heap = await watchHeap(runtime.inspectorPort, WORKER_NAME);
  try {
    await hear(runtime, warmUp);
    const resident = residentMebibytes(runtime.process);
    const started = processorSeconds(runtime.process);
    forgetPeak(runtime.process);
    const withGarbage = await heap.peakDuring(() => hear(runtime, recording));
    const used = processorSeconds(runtime.process) - started;
    const residentGrowth = peakResidentMebibytes(runtime.process) - resident;
    const inUse = await heap.peakDuring(() => hear(runtime, recording, "?collect"));
    return { processorSeconds: used, inUse, withGarbage, residentGrowth };
  } finally {
    heap.close();
    await runtime.stop();
  }
}

/** Has a recording listened to; what isn't heard as music wouldn't be judged, and would cost too little. */
async function hear({ url }: Runtime, { file }: BenchRecording, how = ""): Promise<void> {
  const answer = await fetch(new URL(file + how, url));
  const said = await answer.text();
  if (answer.status !== 200 || JSON.parse(said).heard !== "music") throw new Error(`${file}: ${said}`);
}
