import * as v from "valibot";
import { TimestampSchema, UuidSchema } from "./common.ts";
import { UserIdSchema } from "./identity.ts";

/** How far a job is. */
export const JobStateSchema = v.picklist(["pending", "processing", "completed", "failed"]);
export type JobState = v.InferOutput<typeof JobStateSchema>;

/** Body of `POST /api/v1/analyze`: the recording to analyse. */
export const AnalyzeRequestSchema = v.strictObject({ id: UuidSchema });

/** Answer of `POST /api/v1/analyze`. */
export const AnalyzeAnswerSchema = v.strictObject({
  job_id: UuidSchema,
  status: v.literal("processing"),
  message: v.string(),
});

/** Answer of `GET /api/v1/job/:job_id`. `progress` in percent. */
export const JobSchema = v.strictObject({
  job_id: UuidSchema,
  status: JobStateSchema,
  progress: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  error: v.nullable(v.string()),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
});
export type Job = v.InferOutput<typeof JobSchema>;

/** Path of what is about one job. */
export const JobParamsSchema = v.strictObject({ job_id: UuidSchema });

/** Answer of `POST /api/v1/feedback/:id` while the analysis is still running: 202 with `Retry-After`. */
export const FeedbackPendingSchema = v.strictObject({
  recording_id: UuidSchema,
  job_id: UuidSchema,
  status: JobStateSchema,
  progress: v.number(),
  message: v.string(),
});

/** A message on the queue `analysis`: a recording is stored, and to be listened to in its user's turn. */
export const AnalysisRequestedSchema = v.strictObject({
  recording_id: UuidSchema,
  user_id: UserIdSchema,
  request_id: v.string(),
  traceparent: v.string(),
});
export type AnalysisRequested = v.InferOutput<typeof AnalysisRequestedSchema>;

/**
 * A message on the queue `listening`: a ticket for one turn. Whoever takes it up listens to the recording whose turn it
 * is then; delivered again, it is about the same recording as before.
 */
export const ListeningTicketSchema = v.strictObject({
  ticket: UuidSchema,
  request_id: v.string(),
  traceparent: v.string(),
});
export type ListeningTicket = v.InferOutput<typeof ListeningTicketSchema>;
