import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { ROOT } from "../local/workers.ts";
import { type LibraryFile, readLibraryFiles } from "../seed/library-files.ts";
import type { Judgements } from "./measures.ts";

export interface JudgedQuestion {
  readonly id: string;
  readonly question: string;
  /** "development" or "test": nothing is tuned on the latter. */
  readonly split: string;
  /** By the document's path below library/. */
  readonly judgements: Judgements;
}

/** A question that the library can't answer. */
export interface UnanswerableQuestion {
  readonly question: string;
  readonly split: string;
  /** Whether it is about something next to the library's subject. */
  readonly near: boolean;
}

/** Documents, and questions whose answers among them are known. */
export interface Collection {
  readonly files: readonly LibraryFile[];
  readonly questions: readonly JudgedQuestion[];
  readonly unanswerable: readonly UnanswerableQuestion[];
  /** The grade from which on a document counts as relevant where there is only relevant and not. */
  readonly relevantFrom: number;
}

const QuestionLineSchema = v.object({
  id: v.string(),
  question: v.string(),
  judgements: v.record(v.string(), v.number()),
  split: v.string(),
});

const UnanswerableLineSchema = v.object({
  question: v.string(),
  near: v.optional(v.boolean(), false),
  split: v.string(),
});

/** The repository's library with its judged questions, evaluation/README.md. */
export function readOwnCollection(): Collection {
  const folder = join(ROOT, "evaluation");
  return {
    files: readLibraryFiles(),
    questions: readLines(join(folder, "questions.jsonl"), QuestionLineSchema).map(
      ({ judgements, ...question }) => ({
        ...question,
        judgements: new Map(Object.entries(judgements).map(([path, grade]) => [`${path}.md`, grade])),
      }),
    ),
    unanswerable: readLines(join(folder, "out-of-scope.jsonl"), UnanswerableLineSchema),
    relevantFrom: 2,
  };
}

const CorpusLineSchema = v.object({ _id: v.string(), title: v.optional(v.string(), ""), text: v.string() });
const QueryLineSchema = v.object({ _id: v.string(), text: v.string() });

/** Longest title that the library takes, and longest question that search does, in characters. */
const MAX_TITLE = 300;
const MAX_QUESTION = 500;

/**
 * A public test collection in the format of BEIR (N. Thakur et al., BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation
 * of Information Retrieval Models, 2021): corpus.jsonl, queries.jsonl, and qrels.tsv or qrels/test.tsv with a line of headings.
 */
export function readPublicCollection(folder: string): Collection {
  const corpus = readLines(join(folder, "corpus.jsonl"), CorpusLineSchema);
  const keys = new Map(corpus.map(({ _id }, index) => [_id, `collection/d${index}.md`]));
  const judgements = readJudgements(folder, keys);
  return {
    files: corpus.map(({ title, text }, index) => documentFile(`collection/d${index}.md`, title, text)),
    questions: readLines(join(folder, "queries.jsonl"), QueryLineSchema).flatMap(({ _id, text }) => {
      const judged = judgements.get(_id);
      const question = Array.from(text).slice(0, MAX_QUESTION).join("");
      return judged === undefined ? [] : [{ id: _id, question, split: "test", judgements: judged }];
    }),
    unanswerable: [],
    relevantFrom: 1,
  };
}

function readJudgements(folder: string, keys: ReadonlyMap<string, string>): Map<string, Map<string, number>> {
  const path = [join(folder, "qrels.tsv"), join(folder, "qrels", "test.tsv")].find((file) =>
    existsSync(file),
  );
  if (path === undefined) throw new Error(`${folder} has neither qrels.tsv nor qrels/test.tsv`);
  const byQuestion = new Map<string, Map<string, number>>();
  for (const line of readFileSync(path, "utf8").split(/\r?\n/).slice(1)) {
    const [question = "", document = "", grade = ""] = line.split("\t");
    const key = keys.get(document);
    if (key === undefined || !(Number(grade) > 0)) continue;
    const judged = byQuestion.get(question) ?? new Map<string, number>();
    byQuestion.set(question, judged.set(key, Number(grade)));
  }
  return byQuestion;
}

/** A document as a file of the library: JSON's strings are YAML's. */
function documentFile(source_key: string, title: string, body: string): LibraryFile {
  const line = title.replace(/\p{Cc}+/gu, " ").trim();
  const frontMatter =
    line === "" ? "" : `title: ${JSON.stringify(Array.from(line).slice(0, MAX_TITLE).join(""))}\n`;
  const text = `---\n${frontMatter}document_type: other\n---\n\n${body}\n`;
  return { source_key, text, sha256: createHash("sha256").update(text).digest("hex") };
}

function readLines<Schema extends v.GenericSchema>(path: string, schema: Schema): v.InferOutput<Schema>[] {
  return readFileSync(path, "utf8")
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) => v.parse(schema, JSON.parse(line)));
}
