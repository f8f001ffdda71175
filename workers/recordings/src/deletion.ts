import { ok, type Result } from "@crescendai/contracts";
import type { Database, Logger } from "@crescendai/worker-kit";
import { deleteObjects } from "./audio-objects.ts";
import { findDeleted, findDeletedById, removeDeleted } from "./tables/recordings.ts";

/** Deletions handed out at once: as many as a sweep finishes within its time. */
const MAX_DELETIONS = 100;

/** Ids of deleted recordings whose last trace is still here. */
export async function unfinishedDeletions(database: Database): Promise<Result<string[]>> {
  const deleted = await findDeleted(database, MAX_DELETIONS);
  return deleted.ok ? ok(deleted.value.map(({ id }) => id)) : deleted;
}

/** Removes the object, if it is still there, and then the row. */
export async function finishDeletion(
  database: Database,
  bucket: R2Bucket,
  id: string,
  log: Logger,
): Promise<Result<null>> {
  const deleted = await findDeletedById(database, id);
  if (!deleted.ok) return deleted;
  if (deleted.value === null) return ok(null);
  const removed = await deleteObjects(bucket, [deleted.value.object_key], log);
  if (!removed.ok) return removed;
  const written = await database.write(removeDeleted(id));
  return written.ok ? ok(null) : written;
}
