import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { scriptName, workerOptions } from "../local/mesh.ts";
import { mark, summarise } from "./statistics.ts";

/** Milliseconds that a query of 100,000 vectors may take at the median. */
const TARGET = 10;

/** Queries of each kind. */
const QUERIES = 200;

/** Of embeddings made here, and of those of production's model. */
const RUNS = [
  { dimensions: 200, sizes: [10_000, 100_000] },
  { dimensions: 768, sizes: [10_000] },
] as const;

const KINDS: readonly (readonly [string, object])[] = [
  ["100 nearest", { topK: 100 }],
  ["20 with metadata", { topK: 20, returnMetadata: "all" }],
  ["100 of one level", { topK: 100, filter: { level: "beginner" } }],
];

/** How long the stand-in for Vectorize takes for queries, as a worker that is bound to it sees it. */
export async function benchVectors(folder: string): Promise<void> {
  console.log("\nQueries of the local vector index, from worker to worker");
  for (const { dimensions, sizes } of RUNS) {
    const stored = join(folder, `vectors-${dimensions}`);
    let runtime = await start(stored, dimensions);
    let filled = 0;
    for (const size of sizes) {
      const took = Number(await ask(runtime, { dimensions, from: filled, to: size }));
      const added = size - filled;
      filled = size;
      console.log(
        `  ${size} vectors of ${dimensions}; storing took ${((took / added) * 1000).toFixed(0)} ms a thousand`,
      );
      for (const [name, options] of KINDS) await report(runtime, name, size, dimensions, options);
    }
    await runtime.dispose();
    runtime = await start(stored, dimensions);
    const started = performance.now();
    await ask(runtime, { dimensions, queries: 1, options: { topK: 1 } });
    console.log(`    first query after a restart: ${(performance.now() - started).toFixed(0)} ms`);
    await runtime.dispose();
  }
}

async function report(runtime: Miniflare, name: string, size: number, dimensions: number, options: object) {
  await ask(runtime, { dimensions, queries: QUERIES / 10, options });
  const answer = await ask(runtime, { dimensions, queries: QUERIES, options });
  if (!Array.isArray(answer)) throw new Error("the probe gave no durations");
  const { count, p50, p95, p99 } = summarise(answer.map(Number));
  const target = size === 100_000 ? `   ${mark(p50 <= TARGET)} p50 at most ${TARGET} ms` : "";
  console.log(
    `    ${name.padEnd(18)} ${count} queries   p50 ${p50.toFixed(2)}   p95 ${p95.toFixed(2)}   p99 ${p99.toFixed(2)} ms${target}`,
  );
}

async function start(folder: string, dimensions: number): Promise<Miniflare> {
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      log: new Log(LogLevel.ERROR),
      cf: false,
      telemetry: { enabled: false },
      resourcePersistencePath: folder,
      workers: [
        {
          name: "probe",
          modules: true,
          script: readFileSync(join(import.meta.dirname, "vectors/probe.js"), "utf8"),
          compatibilityDate: "2026-11-01",
          serviceBindings: { VECTORIZE: scriptName("local/vectorize") },
        },
        withDimensions(dimensions),
      ],
    }),
  );
  await runtime.ready;
  return runtime;
}

function withDimensions(dimensions: number) {
  const options = workerOptions("local/vectorize", {});
  return { ...options, bindings: { ...options.bindings, DIMENSIONS: String(dimensions) } };
}

async function ask(runtime: Miniflare, job: object): Promise<unknown> {
  const answer = await runtime.dispatchFetch("http://probe/", { method: "POST", body: JSON.stringify(job) });
  if (answer.status !== 200) throw new Error(`the probe answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
