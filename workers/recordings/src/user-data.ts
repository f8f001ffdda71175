import { type Caller, ok, type Recording, type Result } from "@crescendai/contracts";
import {
  type Database,
  eraseAuditStatements,
  exportAuditLog,
  type Logger,
  timestamp,
} from "@crescendai/worker-kit";
import { deleteObjects } from "./audio-objects.ts";
import { exportRecordings, findObjectsOfUser, removeCounts, removeRecording } from "./tables/recordings.ts";

/** Rows a statement reads at most, so that no answer of the database grows without bound. */
const PAGE = 100;

/** All that is held on the caller: recordings (their bytes are at `…/audio`) and audit log. */
export async function exportUser(database: Database, caller: Caller): Promise<Result<unknown>> {
  const recordings: Recording[] = [];
  for (;;) {
    const page = await exportRecordings(database, caller.userId, PAGE, recordings.length);
    if (!page.ok) return page;
    recordings.push(...page.value);
    if (page.value.length < PAGE) break;
  }
  const auditLog = await exportAuditLog(database, caller, timestamp(Date.now()));
  return auditLog.ok ? ok({ recordings, audit_log: auditLog.value }) : auditLog;
}

/** Removes every object, row and audit entry of the caller's; stops at the first fault and can be called again. */
export async function eraseUser(
  database: Database,
  bucket: R2Bucket,
  caller: Caller,
  log: Logger,
): Promise<Result<null>> {
  for (;;) {
    const page = await findObjectsOfUser(database, caller.userId, PAGE);
    if (!page.ok) return page;
    if (page.value.length === 0) break;
    const keys = page.value.map(({ object_key }) => object_key);
    const deleted = await deleteObjects(bucket, keys, log);
    if (!deleted.ok) return deleted;
    const removed = await database.write(...page.value.map(({ id }) => removeRecording(id)));
    if (!removed.ok) return removed;
  }
  const audit = await eraseAuditStatements(caller, timestamp(Date.now()));
  const erased = await database.write(removeCounts(caller.userId), ...audit);
  return erased.ok ? ok(null) : erased;
}
