import * as v from "valibot";
import {
  CountSchema,
  PageQueryEntries,
  PaginationSchema,
  Sha256Schema,
  TimestampSchema,
  UuidSchema,
} from "./common.ts";

/** How far a recording is: stored, being listened to, listened to, or not to be listened to. */
export const RecordingStatusSchema = v.picklist(["uploaded", "analyzing", "completed", "failed"]);
export type RecordingStatus = v.InferOutput<typeof RecordingStatusSchema>;

/** A recording as its owner sees it. `duration` in seconds, `file_size` in bytes. */
export const RecordingSchema = v.strictObject({
  id: UuidSchema,
  filename: v.string(),
  file_size: CountSchema,
  duration: v.number(),
  mime_type: v.string(),
  sha256: Sha256Schema,
  status: RecordingStatusSchema,
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
});
export type Recording = v.InferOutput<typeof RecordingSchema>;

/** What a list of recordings can be sorted by. */
export const RECORDING_SORT_COLUMNS = [
  "created_at",
  "updated_at",
  "filename",
  "file_size",
  "duration",
] as const;

/**
 * An instant in a query: a day ("2026-11-23", its first or last millisecond in UTC, as the filter needs) or an
 * ISO 8601 time with its offset, to the millisecond.
 */
const InstantQuerySchema = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/,
    "must be a day (2026-11-23) or an ISO 8601 time with its offset (2026-11-23T09:30:00.000Z)",
  ),
  v.check((text) => isCalendarDate(text), "must be a date that exists"),
);

/** Date.parse rolls 30 February over into March; a date that doesn't exist is refused instead. */
function isCalendarDate(text: string): boolean {
  const day = text.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00.000Z`);
  return (
    !Number.isNaN(Date.parse(text)) &&
    !Number.isNaN(midnight) &&
    new Date(midnight).toISOString().startsWith(day)
  );
}

/** Query of `GET /api/v1/recordings`. Both ends of the date range are inclusive, to the millisecond. */
export const ListRecordingsQuerySchema = v.strictObject({
  ...PageQueryEntries,
  status: v.optional(RecordingStatusSchema),
  date_from: v.optional(InstantQuerySchema),
  date_to: v.optional(InstantQuerySchema),
  sort_by: v.optional(v.picklist(RECORDING_SORT_COLUMNS), "created_at"),
  order: v.optional(v.picklist(["asc", "desc"]), "desc"),
});
export type ListRecordingsQuery = v.InferOutput<typeof ListRecordingsQuerySchema>;

/** Answer of `GET /api/v1/recordings`. */
export const RecordingListSchema = v.strictObject({
  recordings: v.array(RecordingSchema),
  total: CountSchema,
  page: CountSchema,
  limit: CountSchema,
  pagination: PaginationSchema,
});

/** Answer of `DELETE /api/v1/recordings/:id`. */
export const RecordingDeletedSchema = v.strictObject({ message: v.string(), id: UuidSchema });
