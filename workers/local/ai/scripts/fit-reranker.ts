/**
 * Fits the reranker's logistic function to reranker-questions.txt: `npm run fit-reranker` prints the intercept and weights for
 * src/reranking/rerank.ts. A passage counts as answering a question if its document does.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PassageReader } from "../src/reranking/passage-reader.ts";
import { evidenceFor } from "../src/reranking/rerank.ts";
import { LanguageModel } from "../src/words/language-model.ts";
import { WordVectors } from "../src/words/word-vectors.ts";
import { libraryPassages } from "./library.ts";

/** Passages a question that are looked at: the most similar, as a reranker gets them. */
const CANDIDATES = 50;

/** Strength of the pull of the weights towards 0. */
const RIDGE = 1;

/** Rounds of Newton's method: it needs about eight. */
const ROUNDS = 30;

interface Example {
  /** Coverage, close coverage, similarity, and 1 for the intercept. */
  readonly evidence: readonly number[];
  readonly answers: boolean;
}

function open(name: string): WordVectors {
  const file = readFileSync(join(import.meta.dirname, "../model", name));
  return new WordVectors(new Uint8Array(file).buffer);
}

const reader = new PassageReader(new LanguageModel(open("words.bin"), open("domain.bin")));
const passages = libraryPassages();
const texts = passages.map(({ text }) => text);
const examples = readFileSync(join(import.meta.dirname, "reranker-questions.txt"), "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "" && !line.startsWith("#"))
  .flatMap((line) => examplesOf(line));
const [coverage, closeCoverage, similarity, intercept] = fit(examples);
console.log({ examples: examples.length, intercept, coverage, closeCoverage, similarity });

function examplesOf(line: string): Example[] {
  const [question = "", documents = ""] = line.split("|");
  const answering = documents.trim().split(/\s+/);
  return evidenceFor(reader, question, texts)
    .map(({ coverage, closeCoverage, similarity }, i) => ({
      evidence: [coverage, closeCoverage, similarity, 1],
      answers: answering.includes(passages[i].document),
      similarity,
    }))
    .toSorted((one, other) => other.similarity - one.similarity)
    .slice(0, CANDIDATES);
}

/** Logistic regression with a ridge on all weights but the last, by Newton's method. */
function fit(data: readonly Example[]): number[] {
  const size = data[0].evidence.length;
  let weights = new Array<number>(size).fill(0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = weights.map((weight, i) => (i === size - 1 ? 0 : -RIDGE * weight));
    const curvature = weights.map((_, i) => weights.map((_, j) => (i === j && i < size - 1 ? RIDGE : 0)));
    for (const { evidence, answers } of data) {
      const sum = evidence.reduce((total, value, i) => total + value * weights[i], 0);
      const probability = 1 / (1 + Math.exp(-sum));
      for (let i = 0; i < size; i += 1) {
        gradient[i] += ((answers ? 1 : 0) - probability) * evidence[i];
        for (let j = 0; j < size; j += 1) {
          curvature[i][j] += probability * (1 - probability) * evidence[i] * evidence[j];
        }
      }
    }
    const step = solve(curvature, gradient);
    weights = weights.map((weight, i) => weight + step[i]);
  }
  return weights;
}

/** Solves a positive definite system by Gauss and Jordan. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  for (const [i, pivot] of rows.entries()) {
    for (const [k, row] of rows.entries()) {
      if (k === i) continue;
      const factor = row[i] / pivot[i];
      for (let j = i; j < row.length; j += 1) row[j] -= factor * pivot[j];
    }
  }
  return rows.map((row, i) => row[row.length - 1] / row[i]);
}
