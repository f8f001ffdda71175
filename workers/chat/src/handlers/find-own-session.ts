import { failed, ok, type Result, SessionParamsSchema } from "@crescendai/contracts";
import { type HandlerContext, openDatabase, validate } from "@crescendai/worker-kit";
import { noSuchSession } from "../no-such-session.ts";
import { findSession, type SessionRow } from "../tables/sessions.ts";

/** The session that `:session_id` names, if it is the caller's; another user's is NOT_FOUND like one that never was. */
export async function findOwnSession(context: HandlerContext<ChatEnv>): Promise<Result<SessionRow>> {
  const wanted = validate(SessionParamsSchema, context.params, "path");
  return wanted.ok ? await findSessionOf(context, wanted.value.session_id) : wanted;
}

/** The same by an id from elsewhere. */
export async function findSessionOf(
  { env, caller, log }: HandlerContext<ChatEnv>,
  id: string,
): Promise<Result<SessionRow>> {
  const found = await findSession(openDatabase(env.DB, log), caller.userId, id);
  if (!found.ok) return found;
  return found.value === null ? failed(noSuchSession(id)) : ok(found.value);
}
