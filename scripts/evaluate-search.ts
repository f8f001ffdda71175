// `npm run evaluate-search [-- --collection FOLDER]`: how well search ranks, step by step, on judged questions.
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { SearchAnswerSchema, type SearchSteps, SearchStepsSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { type Collection, readOwnCollection, readPublicCollection } from "./evaluation/collections.ts";
import { type Judgements, mean, normalisedGain, recall, reciprocalRank } from "./evaluation/measures.ts";
import { startMesh } from "./local/mesh.ts";
import { migrate } from "./local/migrate.ts";
import { run } from "./local/run.ts";
import { askLocalLibrary } from "./local/seed.ts";
import type { AskLibrary } from "./seed/ask-library.ts";
import { describeSeeded, seedLibrary } from "./seed/seed-library.ts";

const STEPS = ["lexical", "semantic", "fused", "reranked"] as const;

// An end from outside is an exit too, so that the runtimes end with us.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const { values } = parseArgs({ options: { collection: { type: "string" } } });
const collection =
  values.collection === undefined ? readOwnCollection() : readPublicCollection(values.collection);
const stateFolder = await mkdtemp(join(tmpdir(), "crescendai-evaluation-"));
try {
  await Promise.all([run("turbo", ["run", "build"]), migrate(stateFolder)]);
  const options = { host: "127.0.0.1", port: 0, stateFolder, environment: {}, log: () => undefined };
  const { mesh } = await startMesh(options);
  const ask = await askLocalLibrary(mesh);
  console.log(describeSeeded(await seedLibrary(ask, collection.files)));
  await evaluate(ask, collection);
  await mesh.dispose();
} finally {
  rmSync(stateFolder, { recursive: true, force: true });
}

async function evaluate(
  ask: AskLibrary,
  { questions, unanswerable, relevantFrom }: Collection,
): Promise<void> {
  const asked: { readonly split: string; readonly judgements: Judgements; readonly steps: SearchSteps }[] =
    [];
  for (const { question, split, judgements } of questions) {
    const steps = await askFor(ask, SearchStepsSchema, `/api/v1/knowledge/search/steps?${query(question)}`);
    asked.push({ split, judgements, steps });
  }
  for (const split of new Set(asked.map((question) => question.split))) {
    const those = asked.filter((question) => question.split === split);
    console.log(`\n${split}, ${those.length} questions    nDCG@10   recall@20   MRR`);
    for (const step of STEPS) {
      const measure = (work: (ranking: readonly string[], judgements: Judgements) => number) =>
        mean(those.map(({ steps, judgements }) => work(rankingOf(steps, step), judgements))).toFixed(3);
      const gain = measure((ranking, judged) => normalisedGain(ranking, judged, 10));
      const found = measure((ranking, judged) => recall(ranking, judged, 20, relevantFrom));
      const first = measure((ranking, judged) => reciprocalRank(ranking, judged, relevantFrom));
      console.log(`  ${step.padEnd(24)} ${gain}     ${found}       ${first}`);
    }
    const answered = those.filter(({ judgements }) => judgements.size > 0);
    console.log(
      `  questions that find something: ${await countAnswered(ask, questions, split)} of ${answered.length}`,
    );
  }
  for (const split of new Set(unanswerable.map((question) => question.split))) {
    for (const near of [false, true]) {
      const those = unanswerable.filter((one) => one.split === split && one.near === near);
      const found = await countAnswered(ask, those, split);
      console.log(
        `${split}, ${near ? "near" : "far"} out of scope: ${those.length - found} of ${those.length} find nothing`,
      );
    }
  }
}

/** The documents of a step, best first. */
function rankingOf(steps: SearchSteps, step: (typeof STEPS)[number]): string[] {
  return steps[step].map(({ source_key }) => source_key ?? "");
}

async function countAnswered(
  ask: AskLibrary,
  questions: readonly { readonly question: string; readonly split: string }[],
  split: string,
): Promise<number> {
  let count = 0;
  for (const { question } of questions.filter((one) => one.split === split)) {
    const { results } = await askFor(ask, SearchAnswerSchema, `/api/v1/knowledge/search?${query(question)}`);
    if (results.length > 0) count += 1;
  }
  return count;
}

function query(question: string): string {
  return new URLSearchParams({ q: question }).toString();
}

async function askFor<Schema extends v.GenericSchema>(
  ask: AskLibrary,
  schema: Schema,
  path: string,
): Promise<v.InferOutput<Schema>> {
  const answer = await ask(path, { method: "GET", headers: {} });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${text}`);
  const json: unknown = JSON.parse(text);
  return v.parse(schema, json);
}
