import { ListSessionsQuerySchema, ok } from "@crescendai/contracts";
import { type Handler, jsonResponse, openDatabase, paginationOf, validate } from "@crescendai/worker-kit";
import { countSessions, listSessions, shownSession } from "../tables/sessions.ts";

/** `GET /api/v1/chat/sessions`: one page of the caller's conversations. */
export const listSessionsHandler: Handler<ChatEnv> = async (_request, { env, caller, query, log }) => {
  const wanted = validate(ListSessionsQuerySchema, query, "query");
  if (!wanted.ok) return wanted;
  const { page, limit } = wanted.value;
  const database = openDatabase(env.DB, log);
  const [sessions, total] = await Promise.all([
    listSessions(database, caller.userId, limit, (page - 1) * limit),
    countSessions(database, caller.userId),
  ]);
  if (!sessions.ok) return sessions;
  if (!total.ok) return total;
  return ok(
    jsonResponse({
      sessions: sessions.value.map(shownSession),
      pagination: paginationOf(wanted.value, total.value),
    }),
  );
};
