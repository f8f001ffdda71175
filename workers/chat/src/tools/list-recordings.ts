import { ListRecordingsQuerySchema, ok } from "@crescendai/contracts";
import * as v from "valibot";
import { defineTool, quoted } from "./tool.ts";

/** Recordings that are given when none are asked for, and at most. */
const USUAL_RECORDINGS = 10;
const MOST_RECORDINGS = 50;

const { status, date_from, date_to } = ListRecordingsQuerySchema.entries;

const ArgumentsSchema = v.strictObject({
  limit: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_RECORDINGS)),
    USUAL_RECORDINGS,
  ),
  status,
  date_from,
  date_to,
});

/** The player's recordings, newest first. */
export const listRecordings = defineTool(
  "list_recordings",
  "The player's own recordings, newest first: id, file name, seconds, when, and whether they have been listened to.",
  ArgumentsSchema,
  async ({ limit, ...range }, { caller, services }) => {
    const query = { ...range, page: 1, limit, sort_by: "created_at", order: "desc" } as const;
    const found = await services.listRecordings(caller.userId, query);
    if (!found.ok) return found;
    const recordings = found.value.recordings.map(
      ({ id, filename, duration, status: stands, created_at }) => ({
        id,
        filename,
        duration,
        status: stands,
        created_at,
      }),
    );
    return ok(quoted({ recordings, total: found.value.total }));
  },
);
