import { type Caller, ok, type Result } from "@crescendai/contracts";
import {
  auditStatement,
  type Database,
  eraseAuditStatements,
  readAuditLog,
  timestamp,
} from "@crescendai/worker-kit";
import { findAnalysis, listJobsOfUser, removeJobsOfUser } from "./tables/analyses.ts";

/** Entries of the audit log in an export. */
const EXPORTED_AUDIT_ENTRIES = 10_000;

/** All that is held on the caller: every job with what was heard, and the audit log. */
export async function exportUser(database: Database, caller: Caller): Promise<Result<unknown>> {
  const jobs = await listJobsOfUser(database, caller.userId);
  if (!jobs.ok) return jobs;
  const analyses: unknown[] = [];
  for (const job of jobs.value) {
    const analysis = await findAnalysis(database, job.job_id);
    if (!analysis.ok) return analysis;
    analyses.push({ ...job, analysis: analysis.value });
  }
  const auditLog = await readAuditLog(database, caller.userId, EXPORTED_AUDIT_ENTRIES);
  if (!auditLog.ok) return auditLog;
  const noted = await database.write(auditStatement(caller, "user.export", null, timestamp(Date.now())));
  return noted.ok ? ok({ analyses, audit_log: auditLog.value }) : noted;
}

/** Removes every job of the caller's and its audit entries, in one transaction. */
export async function eraseUser(database: Database, caller: Caller): Promise<Result<null>> {
  const audit = await eraseAuditStatements(caller, timestamp(Date.now()));
  const written = await database.write(removeJobsOfUser(caller.userId), ...audit);
  return written.ok ? ok(null) : written;
}
