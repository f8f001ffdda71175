import * as v from "valibot";
import { CountSchema, PageQueryEntries, PaginationSchema, TimestampSchema, UuidSchema } from "./common.ts";

/** One thing that was said about a recording. */
export const FeedbackVersionSchema = v.strictObject({
  /** Counted from 1 for each recording. */
  version: CountSchema,
  created_at: TimestampSchema,
  model_version: v.string(),
  /** The body of `POST /api/v1/feedback/:id` as it was given then; an older one may lack what is given now. */
  feedback: v.record(v.string(), v.unknown()),
});
export type FeedbackVersion = v.InferOutput<typeof FeedbackVersionSchema>;

/** Answer of `GET /api/v1/feedback/:id/history`: what was said about a recording each time it was new, newest first. */
export const FeedbackHistorySchema = v.strictObject({
  recording_id: UuidSchema,
  versions: v.array(FeedbackVersionSchema),
  pagination: PaginationSchema,
});
export type FeedbackHistory = v.InferOutput<typeof FeedbackHistorySchema>;

/** Query of `GET /api/v1/feedback/:id/history`. */
export const FeedbackHistoryQuerySchema = v.strictObject(PageQueryEntries);
