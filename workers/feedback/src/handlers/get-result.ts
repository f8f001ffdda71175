import { failed, ok } from "@crescendai/contracts";
import { type Handler, jsonResponse, openDatabase } from "@crescendai/worker-kit";
import { composeResult } from "../composition/compose-result.ts";
import { findAnalysis } from "../tables/analyses.ts";
import { findOwnJob } from "./find-own-job.ts";
import { jobFailed } from "./job-failed.ts";
import { readContext } from "./read-context.ts";

/** Seconds after which a client may ask again for a result that isn't there yet. */
const RETRY_AFTER_SECONDS = 2;

/** `GET /api/v1/result/:job_id`: what was heard, as the web client reads it. */
export const getResultHandler: Handler<FeedbackEnv> = async (_request, context) => {
  const database = openDatabase(context.env.DB, context.log);
  const job = await findOwnJob(database, context);
  if (!job.ok) return job;
  if (job.value.status === "failed") return failed(jobFailed(job.value));
  const [analysis, userContext] = await Promise.all([
    findAnalysis(database, job.value.job_id),
    readContext(context),
  ]);
  if (!analysis.ok) return analysis;
  if (analysis.value === null) {
    return failed({
      code: "CONFLICT",
      message:
        "The recording is still being listened to. Ask for the job, and for the result once it is completed.",
      retryAfter: RETRY_AFTER_SECONDS,
    });
  }
  return ok(jsonResponse(composeResult(analysis.value, userContext, job.value)));
};
