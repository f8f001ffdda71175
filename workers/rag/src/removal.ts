import { failed, ok, type Result } from "@crescendai/contracts";
import { describeCause, timestamp } from "@crescendai/worker-kit";
import type { Library } from "./library.ts";
import { findChunkIds, removeChunks } from "./tables/chunks.ts";
import { removeDeleted } from "./tables/documents.ts";
import { findSuperseded, removeRevision, type SupersededRevision } from "./tables/revisions.ts";
import { findUnclaimed, forgetObjects } from "./tables/unclaimed-objects.ts";
import { removeVectors } from "./vectors.ts";

/** Chunks removed at once, with their vectors: a deletion of Vectorize takes 1,000. */
const CHUNKS_AT_ONCE = 500;

/** Revisions removed in one round. */
const REVISIONS_AT_ONCE = 50;

/** Objects removed at once; R2 takes 1,000. */
const OBJECTS_AT_ONCE = 100;

/**
 * Removes all that is left of revisions that nobody sees any more: vectors, then chunks with their words, then the rows,
 * then the originals. Stops at the first fault and goes on where it stopped when called again; search has seen none of it
 * since the switch-over or the deletion.
 *
 * @param documentIds of these documents; null: of all.
 */
export async function removeSuperseded(
  library: Library,
  documentIds: readonly string[] | null = null,
): Promise<Result<null>> {
  for (;;) {
    const revisions = await findSuperseded(library.database, REVISIONS_AT_ONCE, documentIds);
    if (!revisions.ok) return revisions;
    if (revisions.value.length > 0) {
      const removed = await removeRevisions(library, revisions.value);
      if (!removed.ok) return removed;
    }
    if (revisions.value.length === REVISIONS_AT_ONCE) continue;
    // Without anything removed there is an object left over only by a fault: the sweep looks for those.
    return revisions.value.length > 0 || documentIds === null ? await removeObjects(library) : ok(null);
  }
}

async function removeRevisions(
  library: Library,
  revisions: readonly SupersededRevision[],
): Promise<Result<null>> {
  const { database } = library;
  for (;;) {
    const ids = await findChunkIds(database, revisions, CHUNKS_AT_ONCE);
    if (!ids.ok) return ids;
    if (ids.value.length === 0) break;
    const unindexed = await removeVectors(library, ids.value);
    if (!unindexed.ok) return unindexed;
    const removed = await database.write(removeChunks(ids.value));
    if (!removed.ok) return removed;
  }
  const now = timestamp(Date.now());
  const written = await database.write(
    ...revisions.flatMap((revision) => [
      ...removeRevision(revision, now),
      removeDeleted(revision.document_id),
    ]),
  );
  return written.ok ? ok(null) : written;
}

/** Removes the objects that are nobody's. */
async function removeObjects({ database, bucket, log }: Library): Promise<Result<null>> {
  for (;;) {
    const keys = await findUnclaimed(database, timestamp(Date.now()), OBJECTS_AT_ONCE);
    if (!keys.ok) return keys;
    if (keys.value.length === 0) return ok(null);
    try {
      await bucket.delete(keys.value);
    } catch (cause) {
      log.warn("originals not removed", { count: keys.value.length, cause: describeCause(cause) });
      return failed({ code: "STORAGE_ERROR", message: "The storage did not answer." });
    }
    const forgotten = await database.write(forgetObjects(keys.value));
    if (!forgotten.ok) return forgotten;
    if (keys.value.length < OBJECTS_AT_ONCE) return ok(null);
  }
}
