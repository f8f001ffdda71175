import { type Caller, ok, type Result } from "@crescendai/contracts";
import { type Database, eraseAuditStatements, exportAuditLog, timestamp } from "@crescendai/worker-kit";
import { findContext, removeContext } from "./tables/user-context.ts";

/** All that is held on the caller: the context and its audit log. */
export async function exportUser(database: Database, caller: Caller): Promise<Result<unknown>> {
  const context = await findContext(database, caller.userId);
  if (!context.ok) return context;
  const auditLog = await exportAuditLog(database, caller, timestamp(Date.now()));
  return auditLog.ok ? ok({ context: context.value, audit_log: auditLog.value }) : auditLog;
}

/** Removes the context and its audit entries, in one transaction. */
export async function eraseUser(database: Database, caller: Caller): Promise<Result<null>> {
  const audit = await eraseAuditStatements(caller, timestamp(Date.now()));
  const written = await database.write(removeContext(caller.userId), ...audit);
  return written.ok ? ok(null) : written;
}
