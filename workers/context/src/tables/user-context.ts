import {
  DEFAULT_CONTEXT,
  ok,
  type PutContext,
  type Result,
  type UserContext,
  UserContextSchema,
} from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
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

export function upsertContext(userId: string, context: PutContext, now: string): Statement {
  return sql(
    `INSERT INTO user_context
       (user_id, goals, constraints, repertoire, experience_level, preferred_feedback_style, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (user_id) DO UPDATE SET
       goals = excluded.goals, constraints = excluded.constraints, repertoire = excluded.repertoire,
       experience_level = excluded.experience_level,
       preferred_feedback_style = excluded.preferred_feedback_style, updated_at = excluded.updated_at`,
    userId,
    JSON.stringify(context.goals),
    JSON.stringify(context.constraints),
    JSON.stringify(context.repertoire),
    context.experience_level,
    context.preferred_feedback_style,
    now,
  );
}

export function removeContext(userId: string): Statement {
  return sql("DELETE FROM user_context WHERE user_id = ?", userId);
}
