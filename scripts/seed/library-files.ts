import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { ROOT } from "../local/workers.ts";

/** A document of the library as it stands in the repository. */
export interface LibraryFile {
  /** Path below library/, with slashes. */
  readonly source_key: string;
  readonly text: string;
  /** SHA-256 of the text's UTF-8 bytes, in hex. */
  readonly sha256: string;
}

/** The documents of a library: every Markdown file in a folder of its own, sorted by path. */
export function readLibraryFiles(folder = join(ROOT, "library")): LibraryFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.split(sep).join("/"))
    .filter((path) => path.includes("/") && path.endsWith(".md"))
    .toSorted()
    .map((source_key) => {
      const text = readFileSync(join(folder, source_key), "utf8");
      return { source_key, text, sha256: createHash("sha256").update(text).digest("hex") };
    });
}
