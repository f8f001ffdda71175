import { failed, ok } from "@crescendai/contracts";
import { type Handler, jsonTextResponse, openDatabase } from "@crescendai/worker-kit";
import { giveAnswer } from "../answers/give-answer.ts";
import { restart } from "../jobs/request-analysis.ts";
import { findOwnJob } from "./find-own-job.ts";
import { findRecording } from "./find-recording.ts";
import { jobFailed } from "./job-failed.ts";

/** Seconds after which a client may ask again for a result that isn't there yet. */
const RETRY_AFTER_SECONDS = 2;

/** `GET /api/v1/result/:job_id`: what was heard, as the web client reads it. */
export const getResultHandler: Handler<FeedbackEnv> = async (_request, context) => {
  const { env, caller, log } = context;
  const database = openDatabase(env.DB, log);
  const job = await findOwnJob(database, context);
  if (!job.ok) return job;
  if (job.value.status === "failed") return failed(jobFailed(job.value));
  if (job.value.status === "completed") {
    const recording = await findRecording(context, job.value.recording_id);
    if (!recording.ok) return recording;
    const { filename } = recording.value;
    const answer = await giveAnswer("result", database, job.value, filename, context);
    if (!answer.ok) return answer;
    if (answer.value !== null) return ok(jsonTextResponse(answer.value));
    const restarted = await restart(env, database, job.value, caller, log);
    if (!restarted.ok) return restarted;
  }
  return failed({
    code: "CONFLICT",
    message:
      "The recording is still being listened to. Ask for the job, and for the result once it is completed.",
    retryAfter: RETRY_AFTER_SECONDS,
  });
};
