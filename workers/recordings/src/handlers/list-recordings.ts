import { ListRecordingsQuerySchema, ok } from "@crescendai/contracts";
import { type Handler, jsonResponse, openDatabase, paginationOf, validate } from "@crescendai/worker-kit";
import { listPage } from "../list-page.ts";

/** `GET /api/v1/recordings`: one page of the caller's recordings. */
export const listRecordingsHandler: Handler<RecordingsEnv> = async (
  _request,
  { env, caller, query, log },
) => {
  const wanted = validate(ListRecordingsQuerySchema, query, "query");
  if (!wanted.ok) return wanted;
  const found = await listPage(openDatabase(env.DB, log), caller.userId, wanted.value);
  if (!found.ok) return found;
  const { recordings, total } = found.value;
  const { page, limit } = wanted.value;
  return ok(
    jsonResponse({
      recordings,
      total,
      page,
      limit,
      pagination: paginationOf(wanted.value, total),
    }),
  );
};
