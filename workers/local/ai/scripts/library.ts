import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

const LIBRARY = join(import.meta.dirname, "../../../../library");

/** A section of a document, with the document's title and its own before it. */
export interface Passage {
  /** type/name, as the questions name it. */
  readonly document: string;
  readonly text: string;
}

/** The sections of all documents of library/, in the order of files. */
export function libraryPassages(): Passage[] {
  return globSync("*/*.md", { cwd: LIBRARY })
    .toSorted()
    .flatMap((file) => {
      const [, head, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(readFileSync(join(LIBRARY, file), "utf8")) ?? [];
      if (head === undefined || body === undefined) throw new Error(`${file} has no front matter`);
      const title = /^title: *"?(.*?)"?$/m.exec(head)?.[1] ?? "";
      return body
        .split(/\n(?=## )/)
        .filter((section) => section.trim() !== "")
        .map((section) => ({
          document: file.replaceAll(sep, "/").replace(/\.md$/, ""),
          text: `${title}. ${section.replace(/^## /, "")}`,
        }));
    });
}

/** How often each key was given. */
export function countsOf(keys: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
