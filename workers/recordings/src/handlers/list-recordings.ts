import { ListRecordingsQuerySchema, ok } from "@crescendai/contracts";
import { type Handler, jsonResponse, openDatabase, validate } from "@crescendai/worker-kit";
import { instantsOf } from "../list-query.ts";
import { countRecordings, listRecordings } from "../tables/recordings.ts";

/** `GET /api/v1/recordings`: one page of the caller's recordings. */
export const listRecordingsHandler: Handler<RecordingsEnv> = async (
  _request,
  { env, caller, query, log },
) => {
  const wanted = validate(ListRecordingsQuerySchema, query, "query");
  if (!wanted.ok) return wanted;
  const instants = instantsOf(wanted.value);
  const database = openDatabase(env.DB, log);
  const [recordings, total] = await Promise.all([
    listRecordings(database, caller.userId, wanted.value, instants),
    countRecordings(database, caller.userId, wanted.value, instants),
  ]);
  if (!recordings.ok) return recordings;
  if (!total.ok) return total;
  const { page, limit } = wanted.value;
  return ok(
    jsonResponse({
      recordings: recordings.value,
      total: total.value,
      page,
      limit,
      pagination: { page, limit, total: total.value, total_pages: Math.ceil(total.value / limit) },
    }),
  );
};
