import { type Caller, ok, type Result } from "@crescendai/contracts";
import { type Database, eraseAuditStatements, exportAuditLog, timestamp } from "@crescendai/worker-kit";
import { forgetAnswers } from "./forget.ts";
import { findAnalysis, listJobsOfUser, removeJobsOfUser } from "./tables/analyses.ts";
import { listVersionsOfUser, removeVersionsOfUser } from "./tables/feedback-versions.ts";
import { listWordingsOfUser, removeWordingsOfUser } from "./tables/wordings.ts";

/** All that is held on the caller: every job with what was heard, everything that was said, and the audit log. */
export async function exportUser(database: Database, caller: Caller): Promise<Result<unknown>> {
  const jobs = await listJobsOfUser(database, caller.userId);
  if (!jobs.ok) return jobs;
  const analyses: unknown[] = [];
  for (const job of jobs.value) {
    const analysis = await findAnalysis(database, job.job_id);
    if (!analysis.ok) return analysis;
    analyses.push({ ...job, analysis: analysis.value });
  }
  const feedback = await listVersionsOfUser(database, caller.userId);
  if (!feedback.ok) return feedback;
  const wordings = await listWordingsOfUser(database, caller.userId);
  if (!wordings.ok) return wordings;
  const auditLog = await exportAuditLog(database, caller, timestamp(Date.now()));
  if (!auditLog.ok) return auditLog;
  return ok({
    analyses,
    feedback: feedback.value,
    wordings: wordings.value,
    audit_log: auditLog.value,
  });
}

/** Removes every job of the caller's, what was said, and the audit entries, in one transaction; then the cached answers. */
export async function eraseUser(env: FeedbackEnv, database: Database, caller: Caller): Promise<Result<null>> {
  const jobs = await listJobsOfUser(database, caller.userId);
  if (!jobs.ok) return jobs;
  const ids = jobs.value.map(({ recording_id }) => recording_id);
  // Before the rows, by which they are found, and after them, because an answer may be given in between.
  const forgotten = await forgetAnswers(env, ids);
  if (!forgotten.ok) return forgotten;
  const audit = await eraseAuditStatements(caller, timestamp(Date.now()));
  const removed = [
    removeVersionsOfUser(caller.userId),
    removeWordingsOfUser(caller.userId),
    removeJobsOfUser(caller.userId),
  ];
  const written = await database.write(...removed, ...audit);
  return written.ok ? await forgetAnswers(env, ids) : written;
}
