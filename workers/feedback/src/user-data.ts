import { type Caller, ok, type Result } from "@crescendai/contracts";
import { type Database, eraseAuditStatements, exportAuditLog, timestamp } from "@crescendai/worker-kit";
import { findAnalysis, listJobsOfUser, removeJobsOfUser } from "./tables/analyses.ts";

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
  const auditLog = await exportAuditLog(database, caller, timestamp(Date.now()));
  return auditLog.ok ? ok({ analyses, audit_log: auditLog.value }) : auditLog;
}

/** Removes every job of the caller's and its audit entries, in one transaction. */
export async function eraseUser(database: Database, caller: Caller): Promise<Result<null>> {
  const audit = await eraseAuditStatements(caller, timestamp(Date.now()));
  const written = await database.write(removeJobsOfUser(caller.userId), ...audit);
  return written.ok ? ok(null) : written;
}
