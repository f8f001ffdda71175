import { type FeedbackHistory, FeedbackHistoryQuerySchema, IdParamsSchema, ok } from "@crescendai/contracts";
import { type Handler, jsonResponse, openDatabase, paginationOf, validate } from "@crescendai/worker-kit";
import { countVersions, listVersions } from "../tables/feedback-versions.ts";
import { findRecording } from "./find-recording.ts";

/** `GET /api/v1/feedback/:id/history`: what was said about a recording, each time it was something new. */
export const getFeedbackHistoryHandler: Handler<FeedbackEnv> = async (_request, context) => {
  const wanted = validate(IdParamsSchema, context.params, "path");
  if (!wanted.ok) return wanted;
  const query = validate(FeedbackHistoryQuerySchema, context.query, "query");
  if (!query.ok) return query;
  const recording = await findRecording(context, wanted.value.id);
  if (!recording.ok) return recording;
  const { page, limit } = query.value;
  const database = openDatabase(context.env.DB, context.log);
  const { id, user_id } = recording.value;
  const [versions, total] = await Promise.all([
    listVersions(database, user_id, id, limit, (page - 1) * limit),
    countVersions(database, user_id, id),
  ]);
  if (!versions.ok) return versions;
  if (!total.ok) return total;
  const answer: FeedbackHistory = {
    recording_id: id,
    versions: versions.value,
    pagination: paginationOf(query.value, total.value),
  };
  return ok(jsonResponse(answer));
};
