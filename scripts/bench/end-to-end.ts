import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { BenchRecording } from "./listening/recordings.ts";
import { mark, measure, summarise } from "./statistics.ts";

/** Seconds that a recording may take from the first byte sent until its result can be fetched, by its length. */
const TARGETS: ReadonlyMap<number, number> = new Map([
  [30, 2],
  [180, 8],
]);

const TIMES = 3;

/** Milliseconds between two looks at a job: a user may ask 300 times a minute. */
const POLL_MS = 200;

/** Upload through the gateway, listening, until the job is completed: what a player waits for. */
export async function benchEndToEnd(
  url: URL,
  folder: string,
  recordings: readonly BenchRecording[],
): Promise<void> {
  console.log("\nFrom upload to result, through the gateway");
  let user = 0;
  const once = async (recording: BenchRecording, bytes: Uint8Array<ArrayBuffer>) => {
    user += 1;
    await uploadAndWait(url, `bench-player-${user}`, recording, bytes);
  };
  for (const recording of recordings) {
    const bytes = new Uint8Array(readFileSync(join(folder, recording.file)));
    // Once for nothing, so that no start of a worker is in it.
    if (recording === recordings[0]) await once(recording, bytes);
    const { p50, p99 } = summarise(await measure(TIMES, 1, () => once(recording, bytes)));
    const target = TARGETS.get(recording.seconds) ?? Number.NaN;
    console.log(
      `  ${recording.format.padEnd(4)} ${String(recording.seconds).padStart(3)} s: median of ${TIMES} ` +
        `${(p50 / 1000).toFixed(2)} s ${mark(p50 / 1000 < target)} (< ${target}), longest ${(p99 / 1000).toFixed(2)} s`,
    );
  }
}

/** Uploads a recording and waits until its result can be fetched; its id. */
export async function uploadAndWait(
  url: URL,
  user: string,
  { file, type }: Pick<BenchRecording, "file" | "type">,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const form = new FormData();
  form.append("metadata", JSON.stringify({ originalName: file, size: bytes.length, type }));
  form.append("audio", new Blob([bytes], { type }), file);
  const headers = { "x-user-id": user };
  const { id } = await json(
    await fetch(new URL("/api/v1/upload", url), { method: "POST", headers, body: form }),
  );
  const asked = await fetch(new URL("/api/v1/analyze", url), {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ id }),
  });
  const { job_id } = await json(asked);
  for (;;) {
    const job = await json(await fetch(new URL(`/api/v1/job/${job_id}`, url), { headers }));
    if (job["status"] === "failed") throw new Error(`${file} could not be analysed: ${job["error"]}`);
    if (job["status"] === "completed") break;
    await wait(POLL_MS);
  }
  await json(await fetch(new URL(`/api/v1/result/${job_id}`, url), { headers }));
  return String(id);
}

async function json(answer: Response): Promise<Record<string, unknown>> {
  const body = await answer.json();
  if (answer.status !== 200)
    throw new Error(`${answer.url} answered ${answer.status}: ${JSON.stringify(body)}`);
  if (typeof body !== "object" || body === null) throw new Error(`${answer.url} answered no object`);
  return Object.fromEntries(Object.entries(body));
}
