import { ok, PutContextSchema } from "@crescendai/contracts";
import {
  auditStatement,
  type Handler,
  jsonResponse,
  openDatabase,
  readJson,
  timestamp,
} from "@crescendai/worker-kit";
import { upsertContext } from "../tables/user-context.ts";

/** `PUT /api/v1/context`: replaces what the caller told us about themselves. */
export const putContextHandler: Handler<ContextEnv> = async (request, { env, caller, log }) => {
  const context = await readJson(request, PutContextSchema);
  if (!context.ok) return context;
  const now = timestamp(Date.now());
  const written = await openDatabase(env.DB, log).write(
    upsertContext(caller.userId, context.value, now),
    auditStatement(caller, "context.write", null, now),
  );
  if (!written.ok) return written;
  return ok(jsonResponse({ message: "Your context is saved.", ...context.value, updated_at: now }));
};
