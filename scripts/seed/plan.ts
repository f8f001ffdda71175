import type { LibraryFile } from "./library-files.ts";

/** What of the library is held already: paths with the hash of each. */
export type Manifest = readonly { readonly source_key: string; readonly sha256: string }[];

/** One request: files to send, and paths of files to remove. */
export interface Batch {
  readonly documents: readonly Pick<LibraryFile, "source_key" | "text">[];
  readonly remove: readonly string[];
}

/** Files and characters of one request: worked through in about a second, and far from the limit of a body. */
const MAX_FILES = 40;
const MAX_CHARACTERS = 1_000_000;

/** The requests that bring what is held up to the files: none if nothing has changed. */
export function planSeed(files: readonly LibraryFile[], held: Manifest): Batch[] {
  const heldHashes = new Map(held.map(({ source_key, sha256 }) => [source_key, sha256]));
  const known = new Set(files.map(({ source_key }) => source_key));
  const changed = files.filter(({ source_key, sha256 }) => heldHashes.get(source_key) !== sha256);
  const gone = held.map(({ source_key }) => source_key).filter((source_key) => !known.has(source_key));
  const batches: Batch[] = [];
  let documents: Batch["documents"][number][] = [];
  let characters = 0;
  for (const { source_key, text } of changed) {
    if (
      documents.length === MAX_FILES ||
      (documents.length > 0 && characters + text.length > MAX_CHARACTERS)
    ) {
      batches.push({ documents, remove: [] });
      documents = [];
      characters = 0;
    }
    documents.push({ source_key, text });
    characters += text.length;
  }
  if (documents.length > 0) batches.push({ documents, remove: [] });
  for (let first = 0; first < gone.length; first += MAX_FILES) {
    batches.push({ documents: [], remove: gone.slice(first, first + MAX_FILES) });
  }
  return batches;
}
