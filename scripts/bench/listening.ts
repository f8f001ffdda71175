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
  /** Of the first recording of this length: much of the code still has to be compiled for it. */
  readonly processorSeconds: number;
  /** Of the same once more, as of a user's second recording in the same isolate. */
  readonly processorSecondsAgain: number;
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
 * memory are the process's, seen from outside: compiling and collecting are in it, uploading and the mesh aren't. What the
 * isolate holds is what V8 tells the inspector. The file is heard three times: first, when V8 still compiles what becomes hot;
 * again, when it has; and with collections forced, which tells what is held from what is merely left lying.
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
  console.log(
    `  ${format.padEnd(4)} ${String(seconds / 60).padStart(2)} min ${processorTime(cost.processorSeconds, seconds)}` +
      `  ${cost.inUse.toFixed(0).padStart(5)} ${mark(cost.inUse < TARGET_MEBIBYTES)}` +
      `  ${cost.withGarbage.toFixed(0).padStart(5)} ${mark(cost.withGarbage < TARGET_MEBIBYTES)} (< ${TARGET_MEBIBYTES})` +
      `  ${cost.residentGrowth.toFixed(0).padStart(6)}`,
  );
  console.log(`        again ${processorTime(cost.processorSecondsAgain, seconds)}`);
}

/** Processor time for a recording of so many seconds, and for a minute of it. */
function processorTime(used: number, seconds: number): string {
  const aMinute = (used / seconds) * 60;
  const isKept = mark(aMinute <= TARGET_SECONDS_A_MINUTE);
  return `${used.toFixed(1).padStart(6)} s  ${aMinute.toFixed(2).padStart(6)} s ${isKept} (≤ ${TARGET_SECONDS_A_MINUTE})`;
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
    const heardFirst = processorSeconds(runtime.process);
    const residentGrowth = peakResidentMebibytes(runtime.process) - resident;
    await heap.peakDuring(() => hear(runtime, recording));
    const heardAgain = processorSeconds(runtime.process);
    const inUse = await heap.peakDuring(() => hear(runtime, recording, "?collect"));
    return {
      processorSeconds: heardFirst - started,
      processorSecondsAgain: heardAgain - heardFirst,
      inUse,
      withGarbage,
      residentGrowth,
    };
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
