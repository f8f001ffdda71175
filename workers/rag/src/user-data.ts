import { type Caller, ok, type Result } from "@crescendai/contracts";
import { type Database, eraseAuditStatements, exportAuditLog, timestamp } from "@crescendai/worker-kit";

/** What is held on a user: who sent which document. The documents themselves are the school's, not the sender's. */
export async function exportUser(database: Database, caller: Caller): Promise<Result<unknown>> {
  const auditLog = await exportAuditLog(database, caller, timestamp(Date.now()));
  return auditLog.ok ? ok({ audit_log: auditLog.value }) : auditLog;
}

/** Removes the user from the audit log; what they sent stays. */
export async function eraseUser(database: Database, caller: Caller): Promise<Result<null>> {
  const erased = await database.write(...(await eraseAuditStatements(caller, timestamp(Date.now()))));
  return erased.ok ? ok(null) : erased;
}
