import { type ChatTurn, ChatTurnSchema, type Result, type TurnStatus } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";

/** The table `turns`, see migrations/chat: a question and the work on its answer. */

/** What the work on an answer took. */
export interface TurnCost {
  readonly model: string | null;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly cost_microdollars: number;
  /** Milliseconds; null where nothing was said. */
  readonly first_word_ms: number | null;
  readonly duration_ms: number;
}

/** A turn that runs; changes no row if its session is gone. `now`: ISO 8601. */
export function insertTurn(id: string, sessionId: string, now: string): Statement {
  return sql(
    `INSERT INTO turns (id, session_id, status, started_at)
     SELECT ?, id, 'running', ? FROM sessions WHERE id = ?`,
    id,
    now,
    sessionId,
  );
}

/** Ends a turn; changes no row if it has ended. */
export function endTurn(
  id: string,
  status: Exclude<TurnStatus, "running">,
  error: string | null,
  cost: TurnCost | null,
  now: string,
): Statement {
  return sql(
    `UPDATE turns SET status = ?, error = ?, ended_at = ?, model = ?, prompt_tokens = ?, completion_tokens = ?,
                      cost_microdollars = ?, first_word_ms = ?, duration_ms = ?
     WHERE id = ? AND status = 'running'`,
    status,
    error,
    now,
    cost?.model ?? null,
    cost?.prompt_tokens ?? 0,
    cost?.completion_tokens ?? 0,
    cost?.cost_microdollars ?? 0,
    cost?.first_word_ms ?? null,
    cost?.duration_ms ?? null,
    id,
  );
}

/** The newest turn of a session. */
export function findLastTurn(database: Database, sessionId: string): Promise<Result<ChatTurn | null>> {
  return database.first(
    ChatTurnSchema,
    sql("SELECT id, status, error FROM turns WHERE session_id = ? ORDER BY seq DESC LIMIT 1", sessionId),
  );
}

const TurnRowSchema = v.strictObject({
  ...ChatTurnSchema.entries,
  model: v.nullable(v.string()),
  prompt_tokens: v.number(),
  completion_tokens: v.number(),
  cost_microdollars: v.number(),
  first_word_ms: v.nullable(v.number()),
  duration_ms: v.nullable(v.number()),
  started_at: v.string(),
  ended_at: v.nullable(v.string()),
});

const TURN_COLUMNS = Object.keys(TurnRowSchema.entries).join(", ");

/** Every turn of a session, oldest first. */
export function listTurns(
  database: Database,
  sessionId: string,
): Promise<Result<v.InferOutput<typeof TurnRowSchema>[]>> {
  return database.all(
    TurnRowSchema,
    sql(`SELECT ${TURN_COLUMNS} FROM turns WHERE session_id = ? ORDER BY seq`, sessionId),
  );
}
