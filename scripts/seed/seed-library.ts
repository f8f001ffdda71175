import { LibraryAnswerSchema, LibraryManifestSchema } from "@crescendai/contracts";
import * as v from "valibot";
import type { AskLibrary } from "./ask-library.ts";
import { type LibraryFile, readLibraryFiles } from "./library-files.ts";
import { type Batch, planSeed } from "./plan.ts";
import { warmSearch } from "./warm-search.ts";

const LIBRARY_PATH = "/api/v1/knowledge/library";

export interface Seeded {
  /** New or changed documents. */
  readonly stored: number;
  readonly unchanged: number;
  readonly removed: number;
  /** What couldn't be read, a sentence each. */
  readonly failures: readonly string[];
}

/**
 * Brings the library of a mesh up to the files: new and changed ones are sent, those that are gone removed, all others
 * left alone. Stopped half-way and called again, it goes on where it stopped. If anything has changed, common questions are
 * asked at the end, so that nobody who asks them has to wait.
 *
 * @throws if the mesh refuses or doesn't answer.
 */
export async function seedLibrary(
  ask: AskLibrary,
  files: readonly LibraryFile[] = readLibraryFiles(),
): Promise<Seeded> {
  const { documents: held } = await askFor(ask, LibraryManifestSchema, "GET");
  const failures: string[] = [];
  let stored = 0;
  let removed = 0;
  for (const batch of planSeed(files, held)) {
    const answer = await askFor(ask, LibraryAnswerSchema, "POST", batch);
    for (const { source_key, outcome, error } of answer.documents) {
      if (outcome === "failed") failures.push(`${source_key}: ${error ?? "can't be read"}`);
      else stored += 1;
    }
    removed += answer.removed.length;
  }
  if (stored + removed > 0) await warmSearch(ask);
  return { stored, removed, failures, unchanged: files.length - stored - failures.length };
}

async function askFor<Schema extends v.GenericSchema>(
  ask: AskLibrary,
  schema: Schema,
  method: "GET" | "POST",
  body?: Batch,
): Promise<v.InferOutput<Schema>> {
  const answer = await ask(LIBRARY_PATH, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`the library answered ${answer.status}: ${text}`);
  const json: unknown = JSON.parse(text);
  return v.parse(schema, json);
}

/** One line on what was done. */
export function describeSeeded({ stored, unchanged, removed, failures }: Seeded): string {
  const counts = [`${stored} stored`, `${unchanged} unchanged`, `${removed} removed`];
  if (failures.length > 0) counts.push(`${failures.length} failed`);
  return `The library: ${counts.join(", ")}.`;
}
