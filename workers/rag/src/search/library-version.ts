import { ok, type Result } from "@crescendai/contracts";
import { describeCause, withTimeLimit } from "@crescendai/worker-kit";
import { type LibraryVersion, readSearchState } from "../tables/search-state.ts";
import type { SearchContext } from "./search-context.ts";

/** Milliseconds after which the object counts as silent: the database answers in less. */
const LIMIT_MS = 300;

/** The library's version just now: as the object says that every change is announced to, or else as the database does. */
export async function readLibraryVersion({
  database,
  generation,
  embeddingModel,
  log,
}: SearchContext): Promise<Result<LibraryVersion>> {
  try {
    const known = await withTimeLimit(generation().current(embeddingModel), LIMIT_MS);
    if (known !== null) return ok(known);
  } catch (cause) {
    log.warn("library's version not told", { cause: describeCause(cause) });
  }
  return await readSearchState(database, embeddingModel);
}
