import { type AnalyzeAnswerSchema, AnalyzeRequestSchema, ok } from "@crescendai/contracts";
import { type Handler, jsonResponse, openDatabase, readJson } from "@crescendai/worker-kit";
import type * as v from "valibot";
import { requestAnalysis } from "../jobs/request-analysis.ts";
import { findRecording } from "./find-recording.ts";

/** `POST /api/v1/analyze`: the job that listens to a recording; asked twice, the same. A failed one starts afresh. */
export const analyzeHandler: Handler<FeedbackEnv> = async (request, context) => {
  const wanted = await readJson(request, AnalyzeRequestSchema);
  if (!wanted.ok) return wanted;
  const recording = await findRecording(context, wanted.value.id);
  if (!recording.ok) return recording;
  const { env, caller, log } = context;
  const job = await requestAnalysis(env, openDatabase(env.DB, log), recording.value, caller, log, true);
  if (!job.ok) return job;
  const answer: v.InferOutput<typeof AnalyzeAnswerSchema> = {
    job_id: job.value.job_id,
    status: "processing",
    message:
      job.value.status === "completed"
        ? "The recording has been listened to; the result is there."
        : "The recording is being listened to.",
  };
  return ok(jsonResponse(answer));
};
