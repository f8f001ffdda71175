import { failed, JobParamsSchema, ok, type Result } from "@crescendai/contracts";
import { type Database, type HandlerContext, validate } from "@crescendai/worker-kit";
import { type AnalysisJob, findJob } from "../tables/analyses.ts";

/** The job that `:job_id` names, if it is the caller's; another user's is NOT_FOUND like one that never was. */
export async function findOwnJob(
  database: Database,
  { caller, params }: HandlerContext<FeedbackEnv>,
): Promise<Result<AnalysisJob>> {
  const wanted = validate(JobParamsSchema, params, "path");
  if (!wanted.ok) return wanted;
  const job = await findJob(database, caller.userId, wanted.value.job_id);
  if (!job.ok) return job;
  return job.value === null
    ? failed({ code: "NOT_FOUND", message: `You have no job ${wanted.value.job_id}.` })
    : ok(job.value);
}
