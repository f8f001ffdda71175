import {
  type Caller,
  failed,
  ok,
  type PutContext,
  PutContextSchema,
  type Result,
  type UserContext,
} from "@crescendai/contracts";
import { auditStatement, type Database, timestamp, validate } from "@crescendai/worker-kit";
import { contextUnchanged, findContext, replaceContext } from "./tables/user-context.ts";

/** Attempts to change a context that somebody else changes at the same time; each fails only if one of theirs succeeded. */
const MAX_ATTEMPTS = 5;

/**
 * Makes something else of what the caller told us, in one step against every other writer. Errors: VALIDATION_ERROR, CONFLICT,
 * DATABASE_ERROR.
 *
 * @param change what the context becomes; checked here.
 * @param now milliseconds since the epoch.
 */
export async function changeContext(
  database: Database,
  caller: Caller,
  change: (context: UserContext) => PutContext,
  now: () => number,
): Promise<Result<UserContext>> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const before = await findContext(database, caller.userId);
    if (!before.ok) return before;
    const changed = validate(PutContextSchema, change(before.value), "context");
    if (!changed.ok) return changed;
    const { updated_at } = before.value;
    const at = laterThan(updated_at, now());
    const written = await database.write(
      auditStatement(caller, "context.write", null, at, contextUnchanged(caller.userId, updated_at)),
      replaceContext(caller.userId, changed.value, at, updated_at),
    );
    if (!written.ok) return written;
    if ((written.value[1] ?? 0) > 0) return ok({ ...changed.value, updated_at: at });
  }
  return failed({ code: "CONFLICT", message: "Your context is being changed elsewhere. Please try again." });
}

/** Now, or a millisecond after the last change: the time of a change tells it from every other. */
function laterThan(last: string | null, now: number): string {
  return timestamp(last === null ? now : Math.max(now, Date.parse(last) + 1));
}
