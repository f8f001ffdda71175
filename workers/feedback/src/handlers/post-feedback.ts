import {
  type FeedbackPendingSchema,
  FeedbackRequestSchema,
  failed,
  IdParamsSchema,
  ok,
  type Result,
} from "@crescendai/contracts";
import {
  type Database,
  type Handler,
  jsonResponse,
  jsonTextResponse,
  openDatabase,
  readJson,
  validate,
} from "@crescendai/worker-kit";
import type * as v from "valibot";
import { giveAnswer } from "../answers/give-answer.ts";
import { requestAnalysis, restart } from "../jobs/request-analysis.ts";
import { preferredWait } from "../prefer-wait.ts";
import { type AnalysisJob, findJobOfRecording } from "../tables/analyses.ts";
import { findRecording } from "./find-recording.ts";
import { jobFailed } from "./job-failed.ts";

/** Milliseconds between looks at a running job: short against an analysis, long against a look. */
const LOOK_INTERVAL_MS = 200;

/** Seconds after which a client may ask again. */
const RETRY_AFTER_SECONDS = 2;

/**
 * `POST /api/v1/feedback/:id`: the feedback on a recording, waiting a while for an analysis under way; 202 if it
 * takes longer.
 */
export const postFeedbackHandler: Handler<FeedbackEnv> = async (request, context) => {
  const wanted = validate(IdParamsSchema, context.params, "path");
  if (!wanted.ok) return wanted;
  const body = await readJson(request, FeedbackRequestSchema, {});
  if (!body.ok) return body;
  const { env, caller, log } = context;
  if (body.value.user_id !== undefined && body.value.user_id !== caller.userId) {
    return failed({ code: "FORBIDDEN", message: "user_id must be yours; leave it out." });
  }
  const recording = await findRecording(context, wanted.value.id);
  if (!recording.ok) return recording;
  const database = openDatabase(env.DB, log);
  const requested = await requestAnalysis(env, database, recording.value, caller, log, false);
  if (!requested.ok) return requested;
  const waitSeconds = preferredWait(request.headers.get("prefer"));
  const job = await waitForEnd(database, requested.value, waitSeconds);
  if (!job.ok) return job;
  if (job.value.status === "failed") return failed(jobFailed(job.value));
  if (job.value.status !== "completed") return ok(stillRunning(job.value));
  const answer = await giveAnswer("feedback", database, job.value, recording.value.filename, context);
  if (!answer.ok) return answer;
  if (answer.value !== null) return ok(jsonTextResponse(answer.value));
  const restarted = await restart(env, database, job.value, caller, log);
  return restarted.ok ? ok(stillRunning(restarted.value)) : restarted;
};

/** The job once it has ended, or as it is after `waitSeconds`. */
async function waitForEnd(
  database: Database,
  requested: AnalysisJob,
  waitSeconds: number,
): Promise<Result<AnalysisJob>> {
  let job = requested;
  for (let waited = 0; waited < waitSeconds * 1000; waited += LOOK_INTERVAL_MS) {
    if (job.status === "completed" || job.status === "failed") break;
    await scheduler.wait(LOOK_INTERVAL_MS);
    const found = await findJobOfRecording(database, job.recording_id);
    if (!found.ok) return found;
    if (found.value === null) {
      return failed({ code: "NOT_FOUND", message: "The recording was deleted just now." });
    }
    job = found.value;
  }
  return ok(job);
}

function stillRunning(job: AnalysisJob): Response {
  const answer: v.InferOutput<typeof FeedbackPendingSchema> = {
    recording_id: job.recording_id,
    job_id: job.job_id,
    status: job.status,
    progress: job.progress,
    message: "The recording is still being listened to. Ask again in a moment.",
  };
  return jsonResponse(answer, 202, {
    "retry-after": String(RETRY_AFTER_SECONDS),
    location: `/api/v1/job/${job.job_id}`,
  });
}
