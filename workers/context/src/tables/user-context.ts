import {
  DEFAULT_CONTEXT,
  ok,
  type PutContext,
  type Result,
  type UserContext,
  UserContextSchema,
} from "@crescendai/contracts";
import { type Database, type SqlValue, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";

/** The table `user_context`, see migrations/context. Lists stand in it as JSON. */

const listColumn = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

const RowSchema = v.strictObject({
  ...UserContextSchema.entries,
  goals: listColumn,
  constraints: listColumn,
  repertoire: listColumn,
});

/** The user's context; the default for somebody who never wrote one. */
export async function findContext(database: Database, userId: string): Promise<Result<UserContext>> {
  const row = await database.first(
    RowSchema,
    sql(
      `SELECT goals, constraints, repertoire, experience_level, preferred_feedback_style, updated_at
       FROM user_context WHERE user_id = ?`,
      userId,
    ),
  );
  return row.ok ? ok(row.value ?? DEFAULT_CONTEXT) : row;
}

const INSERT = `INSERT INTO user_context
    (user_id, goals, constraints, repertoire, experience_level, preferred_feedback_style, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_id)`;

const UPDATE = `DO UPDATE SET
    goals = excluded.goals, constraints = excluded.constraints, repertoire = excluded.repertoire,
    experience_level = excluded.experience_level,
    preferred_feedback_style = excluded.preferred_feedback_style, updated_at = excluded.updated_at`;

/** Writes the whole context of a user, whatever it was. `now`: ISO 8601. */
export function upsertContext(userId: string, context: PutContext, now: string): Statement {
  return sql(`${INSERT} ${UPDATE}`, ...valuesOf(userId, context, now));
}

function valuesOf(userId: string, context: PutContext, now: string): SqlValue[] {
  return [
    userId,
    JSON.stringify(context.goals),
    JSON.stringify(context.constraints),
    JSON.stringify(context.repertoire),
    context.experience_level,
    context.preferred_feedback_style,
    now,
  ];
}

/** Has a row while the context is the one that was last changed at `updatedAt`; null: while there is none. */
export function contextUnchanged(userId: string, updatedAt: string | null): Statement {
  return updatedAt === null
    ? sql("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM user_context WHERE user_id = ?)", userId)
    : sql("SELECT 1 FROM user_context WHERE user_id = ? AND updated_at = ?", userId, updatedAt);
}

/** Puts a context in place of the one that was last changed at `updatedAt`; changes no row if there is another by now. */
export function replaceContext(
  userId: string,
  context: PutContext,
  now: string,
  updatedAt: string | null,
): Statement {
  const values = valuesOf(userId, context, now);
  return updatedAt === null
    ? sql(`${INSERT} DO NOTHING`, ...values)
    : sql(`${INSERT} ${UPDATE} WHERE user_context.updated_at = ?`, ...values, updatedAt);
}

/** Removes all that a user told us. */
export function removeContext(userId: string): Statement {
  return sql("DELETE FROM user_context WHERE user_id = ?", userId);
}
