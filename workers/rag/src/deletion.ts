import { type Caller, ok, type Result } from "@crescendai/contracts";
import { auditStatement, timestamp } from "@crescendai/worker-kit";
import type { Library } from "./library.ts";
import { removeSuperseded } from "./removal.ts";
import { isThere, markDeleted } from "./tables/documents.ts";

/**
 * Deletes documents: from the first transaction on, search sees nothing of them and their words are gone; then their
 * vectors, chunks and originals are removed. Should that fail half-way, the sweep goes on.
 *
 * @returns the ids of those that were there.
 */
export async function deleteDocuments(
  library: Library,
  caller: Caller,
  ids: readonly string[],
): Promise<Result<string[]>> {
  if (ids.length === 0) return ok([]);
  const now = timestamp(Date.now());
  const written = await library.database.write(
    ...ids.map((id) => auditStatement(caller, "document.delete", id, now, isThere(id))),
    ...ids.map((id) => markDeleted(id, now)),
  );
  if (!written.ok) return written;
  const deleted = ids.filter((_, index) => (written.value[ids.length + index] ?? 0) > 0);
  const removed = await removeSuperseded(library, deleted);
  if (!removed.ok) {
    library.log.warn("removal goes on later", { count: deleted.length, code: removed.error.code });
  }
  return ok(deleted);
}
