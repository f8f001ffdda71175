import { type Job, ok } from "@crescendai/contracts";
import { type Handler, jsonResponse, openDatabase } from "@crescendai/worker-kit";
import { takeUpIfStuck } from "../jobs/request-analysis.ts";
import { findOwnJob } from "./find-own-job.ts";

/** `GET /api/v1/job/:job_id`: how far a job is. Asking also takes up one that is stuck. */
export const getJobHandler: Handler<FeedbackEnv> = async (_request, context) => {
  const { env, caller, log } = context;
  const database = openDatabase(env.DB, log);
  const job = await findOwnJob(database, context);
  if (!job.ok) return job;
  await takeUpIfStuck(env, database, job.value, Date.now(), caller, log);
  const { job_id, status, progress, error, created_at, updated_at } = job.value;
  const answer: Job = { job_id, status, progress, error, created_at, updated_at };
  return ok(jsonResponse(answer));
};
