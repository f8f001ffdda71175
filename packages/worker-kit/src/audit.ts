import {
  type AuditAction,
  type AuditEntry,
  AuditEntrySchema,
  type Caller,
  type Result,
} from "@crescendai/contracts";
import { type Database, type Statement, sql } from "./database.ts";
import { sha256Hex } from "./hex.ts";

/*
 * Every database that takes writes worth auditing has a table `audit_log` of its own (the same in each), so that an
 * entry stands in the same transaction as what it speaks of: neither can be there without the other.
 */

/**
 * The statement that writes an entry, to be run in the transaction of the act itself.
 *
 * @param onlyIf a query: without a row in its answer nothing is written, because there will be no act.
 */
export function auditStatement(
  caller: Caller,
  action: AuditAction,
  objectId: string | null,
  at: string,
  onlyIf: Statement = sql("SELECT 1"),
): Statement {
  return sql(
    `INSERT INTO audit_log (at, user_id, role, action, object_id, request_id)
     SELECT ?, ?, ?, ?, ?, ? WHERE EXISTS (${onlyIf.sql})`,
    at,
    caller.userId,
    caller.role,
    action,
    objectId,
    caller.requestId,
    ...onlyIf.values,
  );
}

/** The newest entries on a user, newest first. */
export function readAuditLog(
  database: Database,
  userId: string,
  limit: number,
): Promise<Result<AuditEntry[]>> {
  return database.all(
    AuditEntrySchema,
    sql(
      `SELECT at, user_id, role, action, object_id, request_id FROM audit_log
       WHERE user_id = ? ORDER BY id DESC LIMIT ?`,
      userId,
      limit,
    ),
  );
}

/** Entries of the audit log in an export at most: years of a busy player. */
const MAX_EXPORTED_ENTRIES = 10_000;

/** The caller's entries for an export, newest first, and an entry that says that they were exported. */
export async function exportAuditLog(
  database: Database,
  caller: Caller,
  at: string,
): Promise<Result<AuditEntry[]>> {
  const entries = await readAuditLog(database, caller.userId, MAX_EXPORTED_ENTRIES);
  if (!entries.ok) return entries;
  const noted = await database.write(auditStatement(caller, "user.export", null, at));
  return noted.ok ? entries : noted;
}

/**
 * What remains in the log when a user is erased: that it was done, under a name that says nothing to whoever
 * doesn't know the user already.
 */
export async function eraseAuditStatements(caller: Caller, at: string): Promise<Statement[]> {
  const pseudonym = `sha256:${await sha256Hex(caller.userId)}`;
  return [
    sql("DELETE FROM audit_log WHERE user_id = ?", caller.userId),
    auditStatement({ ...caller, userId: pseudonym }, "user.erase", null, at),
  ];
}
