// npm run list-words: the commonest words of English, for search to know what isn't misspelt.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { WordVectors } from "../src/words/word-vectors.ts";

/** Words that are listed: down to those that one text in some thousands has. Rarer ones are names and misspellings. */
const LISTED = 40_000;

const { buffer, byteOffset, byteLength } = readFileSync(join(import.meta.dirname, "../model/words.bin"));
const { words } = new WordVectors(buffer.slice(byteOffset, byteOffset + byteLength));
// In order of falling frequency.
const listed = words.slice(0, LISTED).filter((word) => /^[a-z]{4,}$/.test(word));
writeFileSync(
  join(import.meta.dirname, "../../../rag/words/english.txt"),
  `${listed.toSorted().join("\n")}\n`,
);
