import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { scriptName, workerOptions } from "../local/mesh.ts";
import { mark, summarise } from "./statistics.ts";

/** Milliseconds that we may take before the provider's first token, and for each token that is passed on. */
const FIRST_TARGET = 50;
const TOKEN_TARGET = 1;

/** Answers one after the other, and at once. */
const ANSWERS = 100;
const AT_ONCE = 200;

/** A question that the stand-in answers at once, without a tool, in some forty words. */
const QUESTION = "Thanks!";

interface Measured {
  /** Milliseconds to the first token, and to the end. */
  readonly first: number;
  readonly total: number;
  readonly tokens: number;
}

/**
 * What the orchestrator adds to an answer: streamed through it against streamed from the provider directly, from worker to
 * worker, turn by turn in one run; and many streams at once. The provider is the stand-in, which takes no time to think.
 */
export async function benchCompletions(folder: string): Promise<void> {
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: () => undefined,
      cf: false,
      telemetry: { enabled: false },
      resourcePersistencePath: join(folder, "v3"),
      workers: [
        {
          name: "probe",
          modules: true,
          script: readFileSync(join(import.meta.dirname, "completions/probe.js"), "utf8"),
          compatibilityDate: "2026-11-01",
          serviceBindings: {
            ORCHESTRATOR: scriptName("dedalus-orchestrator"),
            PROVIDER: scriptName("local/dedalus"),
          },
        },
        workerOptions("dedalus-orchestrator", {}),
        workerOptions("local/dedalus", {}),
      ],
    }),
  );
  try {
    await runtime.ready;
    console.log("\nStreamed answers through the orchestrator against the provider directly");
    const ask = (direct: boolean, count: number, concurrency: number) =>
      measureAnswers(runtime, { count, concurrency, direct, question: QUESTION });
    await ask(true, 20, 1);
    await ask(false, 20, 1);
    const through: Measured[] = [];
    const direct: Measured[] = [];
    for (let round = 0; round < 4; round += 1) {
      direct.push(...(await ask(true, ANSWERS / 4, 1)));
      through.push(...(await ask(false, ANSWERS / 4, 1)));
    }
    report(through, direct);
    const started = performance.now();
    const many = await ask(false, AT_ONCE, AT_ONCE);
    const seconds = (performance.now() - started) / 1000;
    console.log(`  ${many.length} streams at once: all whole after ${seconds.toFixed(1)} s`);
  } finally {
    await runtime.dispose();
  }
}

function report(through: readonly Measured[], direct: readonly Measured[]): void {
  const first = medianOf(through, "first") - medianOf(direct, "first");
  const perToken = tokenTime(through) - tokenTime(direct);
  const row = (name: string, answers: readonly Measured[]) =>
    `  ${name.padEnd(12)} ${answers.length} answers   first token p50 ${medianOf(answers, "first").toFixed(2)} ms` +
    `   a token ${tokenTime(answers).toFixed(3)} ms`;
  console.log(row("direct", direct));
  console.log(row("through", through));
  console.log(
    `  ${mark(first < FIRST_TARGET)} ours before the first token ${first.toFixed(2)} ms (under ${FIRST_TARGET})`,
  );
  console.log(
    `  ${mark(perToken < TOKEN_TARGET)} ours for a token ${perToken.toFixed(3)} ms (under ${TOKEN_TARGET})`,
  );
}

function medianOf(answers: readonly Measured[], what: "first" | "total"): number {
  return summarise(answers.map((answer) => answer[what])).p50;
}

/** Milliseconds between tokens, at the median of the answers. */
function tokenTime(answers: readonly Measured[]): number {
  return summarise(answers.map(({ first, total, tokens }) => (total - first) / Math.max(1, tokens - 1))).p50;
}

async function measureAnswers(runtime: Miniflare, order: object): Promise<Measured[]> {
  const answer = await runtime.dispatchFetch("https://probe.test/", {
    method: "POST",
    body: JSON.stringify(order),
  });
  if (answer.status !== 200) throw new Error(`the probe failed: ${await answer.text()}`);
  const measured: unknown = await answer.json();
  if (!Array.isArray(measured)) throw new Error("the probe gave no durations");
  return measured;
}
