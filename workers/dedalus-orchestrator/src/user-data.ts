import { type Caller, failed, ok, type Result } from "@crescendai/contracts";
import { type Database, eraseAuditStatements, exportAuditLog, timestamp } from "@crescendai/worker-kit";
import type { CompletionCache } from "./completion-cache.ts";
import { listUsage, removeUsage } from "./tables/usage.ts";

/** All that is held on the caller: what their completions took, and the audit log. */
export async function exportUser(database: Database, caller: Caller): Promise<Result<unknown>> {
  const usage = await listUsage(database, caller.userId);
  if (!usage.ok) return usage;
  const auditLog = await exportAuditLog(database, caller, timestamp(Date.now()));
  return auditLog.ok ? ok({ usage: usage.value, audit_log: auditLog.value }) : auditLog;
}

/** Removes the caller's usage and audit entries, in one transaction, and the completions that are kept for them. */
export async function eraseUser(
  database: Database,
  cache: CompletionCache,
  caller: Caller,
): Promise<Result<null>> {
  const audit = await eraseAuditStatements(caller, timestamp(Date.now()));
  const written = await database.write(removeUsage(caller.userId), ...audit);
  if (!written.ok) return written;
  if (await cache.forget(caller.userId)) return ok(null);
  return failed({
    code: "STORAGE_ERROR",
    message: "Not everything could be removed just now. Please try again.",
  });
}
