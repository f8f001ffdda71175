import {
  type Caller,
  type ContextAddition,
  failed,
  ok,
  type PutContext,
  PutContextSchema,
  type Result,
  type UserContext,
} from "@crescendai/contracts";
import { auditStatement, type Database, timestamp, validate } from "@crescendai/worker-kit";
import { contextUnchanged, findContext, replaceContext } from "./tables/user-context.ts";

/** Attempts to add to a context that somebody else changes at the same time; each fails only if one of theirs succeeded. */
const MAX_ATTEMPTS = 5;

/**
 * Adds to what the caller told us, in one step against every other writer. What is there already in other capitals
 * isn't added again. Errors: VALIDATION_ERROR, CONFLICT, DATABASE_ERROR.
 *
 * @param now milliseconds since the epoch.
 */
export async function mergeContext(
  database: Database,
  caller: Caller,
  addition: ContextAddition,
  now: () => number,
): Promise<Result<UserContext>> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const before = await findContext(database, caller.userId);
    if (!before.ok) return before;
    const merged = validate(PutContextSchema, addTo(before.value, addition), "context");
    if (!merged.ok) return merged;
    const { updated_at } = before.value;
    const at = laterThan(updated_at, now());
    const written = await database.write(
      auditStatement(caller, "context.write", null, at, contextUnchanged(caller.userId, updated_at)),
      replaceContext(caller.userId, merged.value, at, updated_at),
    );
    if (!written.ok) return written;
    if ((written.value[1] ?? 0) > 0) return ok({ ...merged.value, updated_at: at });
  }
  return failed({ code: "CONFLICT", message: "Your context is being changed elsewhere. Please try again." });
}

/** What a context becomes with an addition; checked by nobody yet. */
export function addTo(context: UserContext, addition: ContextAddition): PutContext {
  return {
    goals: united(context.goals, addition.goals),
    constraints: united(context.constraints, addition.constraints),
    repertoire: united(context.repertoire, addition.repertoire),
    experience_level: addition.experience_level ?? context.experience_level,
    preferred_feedback_style: addition.preferred_feedback_style ?? context.preferred_feedback_style,
  };
}

function united(before: readonly string[], added: readonly string[] = []): string[] {
  const result = [...before];
  for (const entry of added) {
    const folded = entry.trim().toLowerCase();
    if (!result.some((known) => known.trim().toLowerCase() === folded)) result.push(entry);
  }
  return result;
}

/** Now, or a millisecond after the last change: the time of a change tells it from every other. */
function laterThan(last: string | null, now: number): string {
  return timestamp(last === null ? now : Math.max(now, Date.parse(last) + 1));
}
