import { chunkDocument } from "../chunking/chunk-document.ts";
import type { ReadDocument } from "../reading/read-document.ts";

/** A chunk as its row will be. */
export interface NewChunk {
  readonly id: string;
  readonly position: number;
  readonly section: string;
  readonly page: number | null;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Between the headings of a section's path. */
const PATH_SEPARATOR = " › ";

/** A document's chunks, each with an id of its own, and its place in the document as it was sent. */
export function newChunksOf(document: ReadDocument): NewChunk[] {
  return chunkDocument(document).map(({ path, start, end, ...chunk }, position) => ({
    ...chunk,
    start: document.before + start,
    end: document.before + end,
    id: crypto.randomUUID(),
    position,
    section: path.join(PATH_SEPARATOR),
  }));
}

/** Longest part of the header, in characters: what it takes beyond that would be missing from the passage. */
const MAX_HEADER_PART = 120;

/**
 * What is embedded of a chunk: the passage under a header that says where it is from, because a passage alone seldom
 * names what it is about.
 */
export function embeddingText(
  { title, author }: { readonly title: string; readonly author: string | null },
  { section, text }: { readonly section: string; readonly text: string },
): string {
  const header = [title, author, section].filter((part) => part !== null && part !== "");
  return `${header.map((part) => part?.slice(0, MAX_HEADER_PART)).join("\n")}\n\n${text}`;
}
