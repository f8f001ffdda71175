import { type Caller, ok, type Result } from "@crescendai/contracts";
import {
  auditStatement,
  type Database,
  eraseAuditStatements,
  readAuditLog,
  timestamp,
} from "@crescendai/worker-kit";
import { findContext, removeContext } from "./tables/user-context.ts";

/** Entries of the audit log in an export. */
const EXPORTED_AUDIT_ENTRIES = 10_000;

/** All that is held on the caller: the context and its audit log. */
export async function exportUser(database: Database, caller: Caller): Promise<Result<unknown>> {
  const context = await findContext(database, caller.userId);
  if (!context.ok) return context;
  const auditLog = await readAuditLog(database, caller.userId, EXPORTED_AUDIT_ENTRIES);
  if (!auditLog.ok) return auditLog;
  const noted = await database.write(auditStatement(caller, "user.export", null, timestamp(Date.now())));
  if (!noted.ok) return noted;
  return ok({ context: context.value, audit_log: auditLog.value });
}

/** Removes the context and its audit entries, in one transaction. */
export async function eraseUser(database: Database, caller: Caller): Promise<Result<null>> {
  const audit = await eraseAuditStatements(caller, timestamp(Date.now()));
  const written = await database.write(removeContext(caller.userId), ...audit);
  return written.ok ? ok(null) : written;
}
