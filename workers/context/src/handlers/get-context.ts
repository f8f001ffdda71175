import { ok } from "@crescendai/contracts";
import { type Handler, jsonResponse, openDatabase } from "@crescendai/worker-kit";
import { findContext } from "../tables/user-context.ts";

/** `GET /api/v1/context`: what the caller told us about themselves. */
export const getContextHandler: Handler<ContextEnv> = async (_request, { env, caller, log }) => {
  const context = await findContext(openDatabase(env.DB, log), caller.userId);
  return context.ok ? ok(jsonResponse(context.value)) : context;
};
