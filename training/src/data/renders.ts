import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** A rendered copy of a segment, as the renderer's index lists it. */
export interface Render {
  readonly segment: string;
  readonly copy: number;
  readonly file: string;
  /** Name of the piano. */
  readonly piano: string;
}

/** All renders of a folder, in the order of segment and copy. */
export async function readRenders(folder: string): Promise<Render[]> {
  const text = await readFile(join(folder, "index.jsonl"), "utf8");
  const byFile = new Map<string, Render>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const parsed: unknown = JSON.parse(line);
    if (!isIndexLine(parsed)) throw new Error(`a line of ${folder}/index.jsonl is of another shape`);
    const { segment, copy, file, recipe } = parsed;
    byFile.set(file, { segment, copy, file, piano: recipe.piano });
  }
  return [...byFile.values()].sort(
    (a, b) => a.copy - b.copy || (a.segment < b.segment ? -1 : a.segment > b.segment ? 1 : 0),
  );
}

interface IndexLine {
  readonly segment: string;
  readonly copy: number;
  readonly file: string;
  readonly recipe: { readonly piano: string };
}

function isIndexLine(value: unknown): value is IndexLine {
  return (
    typeof value === "object" &&
    value !== null &&
    "segment" in value &&
    typeof value.segment === "string" &&
    "copy" in value &&
    typeof value.copy === "number" &&
    "file" in value &&
    typeof value.file === "string" &&
    "recipe" in value &&
    typeof value.recipe === "object" &&
    value.recipe !== null &&
    "piano" in value.recipe &&
    typeof value.recipe.piano === "string"
  );
}
