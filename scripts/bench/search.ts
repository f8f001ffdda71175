import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SearchAnswerSchema, SearchStepsSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { scriptName, startMesh } from "../local/mesh.ts";
import { migrate } from "../local/migrate.ts";
import { askLocalLibrary, operatorHeaders } from "../local/seed.ts";
import type { LibraryFile } from "../seed/library-files.ts";
import { readLibraryFiles } from "../seed/library-files.ts";
import { seedLibrary } from "../seed/seed-library.ts";
import { mark, measure, type Summary, summarise } from "./statistics.ts";

/** Chunks in the library, with the most milliseconds that 95 of 100 uncached searches may take. */
const SIZES = [
  { chunks: 10_000, limit: 30 },
  { chunks: 100_000, limit: 100 },
];
/** Most milliseconds that 95 of 100 cached searches may take. */
const CACHED_LIMIT = 5;

const SEARCHES = 300;
/** Different questions among the cached searches. */
const COMMON = 20;
/** Words of a question: a stretch of some sentence. */
const QUESTION_WORDS = 6;
/** Sentences of a section, which is one chunk, and sections of a document. */
const SENTENCES = 12;
const SECTIONS = 10;

/** How fast search is in libraries of 10,000 and 100,000 chunks, straight at the service. */
export async function benchSearch(sizes = SIZES): Promise<void> {
  for (const { chunks, limit } of sizes) {
    const stateFolder = await mkdtemp(join(tmpdir(), "crescendai-bench-search-"));
    try {
      await benchSize(stateFolder, chunks, limit);
    } finally {
      rmSync(stateFolder, { recursive: true, force: true });
    }
  }
}

async function benchSize(stateFolder: string, chunks: number, limit: number): Promise<void> {
  await migrate(stateFolder);
  const { mesh } = await startMesh({
    host: "127.0.0.1",
    port: 0,
    stateFolder,
    environment: {},
    directlyReachable: ["rag"],
    log: () => undefined,
  });
  const random = generator(chunks);
  const sentences = readLibraryFiles().flatMap(({ text }) => sentencesOf(text));
  const started = performance.now();
  await seedLibrary(await askLocalLibrary(mesh), syntheticDocuments(chunks, sentences, random));
  const seconds = (performance.now() - started) / 1000;
  console.log(`\nSearch, ${chunks} chunks (ingested at ${Math.round(chunks / seconds)} a second)`);
  const rag = await mesh.unsafeGetDirectURL(scriptName("rag"));
  const ask = async (path: string, q: string) => {
    const answer = await fetch(new URL(`${path}?${new URLSearchParams({ q })}`, rag), {
      headers: operatorHeaders(),
    });
    const body: unknown = await answer.json();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(body)}`);
    return body;
  };
  const search = async (q: string) => {
    const { mode } = v.parse(SearchAnswerSchema, await ask("/api/v1/knowledge/search", q));
    if (mode !== "hybrid+reranked") throw new Error(`a search went on as ${mode}`);
  };
  const question = () => questionFrom(sentences, random);
  await measure(50, 1, () => search(question()));
  for (const concurrency of [1, 16]) {
    const uncached = summarise(await measure(SEARCHES, concurrency, () => search(question())));
    report(`uncached, ${concurrency} at once`, uncached, concurrency === 1 ? limit : null);
  }
  const common = Array.from({ length: COMMON }, question);
  await measure(COMMON, 1, (turn) => search(common[turn] ?? ""));
  for (const concurrency of [1, 16]) {
    const cached = summarise(
      await measure(SEARCHES * 2, concurrency, (turn) => search(common[turn % COMMON] ?? "")),
    );
    report(`cached, ${concurrency} at once`, cached, concurrency === 1 ? CACHED_LIMIT : null);
  }
  await benchSteps(async () =>
    v.parse(SearchStepsSchema, await ask("/api/v1/knowledge/search/steps", question())),
  );
  await mesh.dispose();
}

/** Each step apart, by the service's own clock, in whole milliseconds. */
async function benchSteps(ask: () => Promise<v.InferOutput<typeof SearchStepsSchema>>): Promise<void> {
  const durations = new Map<string, number[]>();
  await measure(SEARCHES, 1, async () => {
    for (const [step, milliseconds] of Object.entries((await ask()).milliseconds)) {
      durations.set(step, [...(durations.get(step) ?? []), milliseconds]);
    }
  });
  for (const [step, milliseconds] of durations) report(`  ${step}`, summarise(milliseconds), null);
}

function report(name: string, { p50, p95, p99 }: Summary, limit: number | null): void {
  const kept = limit === null ? "" : `   p95 < ${limit} ms ${mark(p95 < limit)}`;
  console.log(
    `  ${name.padEnd(24)} p50 ${p50.toFixed(1)}   p95 ${p95.toFixed(1)}   p99 ${p99.toFixed(1)} ms${kept}`,
  );
}

/** Documents of sentences of the library put together anew: its words in its frequencies, and about as many chunks. */
function syntheticDocuments(
  chunks: number,
  sentences: readonly string[],
  random: () => number,
): LibraryFile[] {
  return Array.from({ length: Math.ceil(chunks / SECTIONS) }, (_, index) => {
    const pick = () => sentences[Math.floor(random() * sentences.length)] ?? "";
    const sections = Array.from(
      { length: SECTIONS },
      () => `## ${pick().slice(0, 40)}\n\n${Array.from({ length: SENTENCES }, pick).join(" ")}`,
    );
    const title = JSON.stringify(pick().slice(0, 80));
    const text = `---\ntitle: ${title}\ndocument_type: practice\n---\n\n${sections.join("\n\n")}\n`;
    return { source_key: `synthetic/d${index}.md`, text, sha256: "" };
  });
}

function sentencesOf(file: string): string[] {
  const body = file.replace(/^---\n[\s\S]*?\n---\n/, "").replace(/^[#*>-].*$/gm, "");
  return body
    .replace(/\s+/g, " ")
    .split(/(?<=[.!?]) /)
    .filter((sentence) => sentence.length > 30 && sentence.length < 300);
}

function questionFrom(sentences: readonly string[], random: () => number): string {
  const words = (sentences[Math.floor(random() * sentences.length)] ?? "").split(" ");
  const first = Math.floor(random() * Math.max(1, words.length - QUESTION_WORDS));
  return words.slice(first, first + QUESTION_WORDS).join(" ");
}

/** A linear congruential generator (Numerical Recipes), so that every run has the same documents and questions. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
