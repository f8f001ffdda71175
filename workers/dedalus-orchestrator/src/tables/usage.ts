import { ok, type Result, type Usage } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";

/** The table `usage`, see migrations/orchestrator: what the completions of a user took, by day and model. */

const SpentSchema = v.strictObject({ spent: v.number() });

const RowSchema = v.strictObject({
  day: v.string(),
  model: v.string(),
  requests: v.number(),
  prompt_tokens: v.number(),
  completion_tokens: v.number(),
  cost_microdollars: v.number(),
});
export type UsageRow = v.InferOutput<typeof RowSchema>;

/** Microdollars that a user's completions cost on a day (YYYY-MM-DD). */
export async function spentOnDay(database: Database, userId: string, day: string): Promise<Result<number>> {
  const row = await database.first(
    SpentSchema,
    sql(
      "SELECT COALESCE(SUM(cost_microdollars), 0) AS spent FROM usage WHERE user_id = ? AND day = ?",
      userId,
      day,
    ),
  );
  return row.ok ? ok(row.value?.spent ?? 0) : row;
}

/** Adds an answer to what the user's answers took on that day. */
export function addToUsage({
  user_id,
  day,
  model,
  usage,
}: {
  readonly user_id: string;
  readonly day: string;
  readonly model: string;
  readonly usage: Usage;
}): Statement {
  return sql(
    `INSERT INTO usage (user_id, day, model, requests, prompt_tokens, completion_tokens, cost_microdollars)
     VALUES (?, ?, ?, 1, ?, ?, ?)
     ON CONFLICT (user_id, day, model) DO UPDATE SET
       requests = requests + 1,
       prompt_tokens = prompt_tokens + excluded.prompt_tokens,
       completion_tokens = completion_tokens + excluded.completion_tokens,
       cost_microdollars = cost_microdollars + excluded.cost_microdollars`,
    user_id,
    day,
    model,
    usage.prompt_tokens,
    usage.completion_tokens,
    usage.cost_microdollars,
  );
}

/** All that is held on a user's usage, newest day first. */
export function listUsage(database: Database, userId: string): Promise<Result<UsageRow[]>> {
  return database.all(
    RowSchema,
    sql(
      `SELECT day, model, requests, prompt_tokens, completion_tokens, cost_microdollars FROM usage
       WHERE user_id = ? ORDER BY day DESC, model`,
      userId,
    ),
  );
}

/** Removes what was counted of a user, all days of it. */
export function removeUsage(userId: string): Statement {
  return sql("DELETE FROM usage WHERE user_id = ?", userId);
}
