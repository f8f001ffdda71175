import {
  type ChatSession,
  type CreateSessionSchema,
  ok,
  type Result,
  UuidSchema,
} from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";

/** The table `sessions`, see migrations/chat. */

/** What a session is called that has no title yet. */
const UNTITLED = "New conversation";

const SessionRowSchema = v.strictObject({
  id: v.string(),
  user_id: v.string(),
  title: v.nullable(v.string()),
  recording_id: v.nullable(v.string()),
  message_count: v.number(),
  created_at: v.string(),
  updated_at: v.string(),
  summary: v.nullable(v.string()),
  summarised_to: v.number(),
});
export type SessionRow = v.InferOutput<typeof SessionRowSchema>;

const COLUMNS = Object.keys(SessionRowSchema.entries).join(", ");
const IdRowSchema = v.strictObject({ id: v.string() });
const CountRowSchema = v.strictObject({ total: v.number() });

/** A session as its owner sees it. */
export function shownSession(row: SessionRow): ChatSession {
  const { id, title, recording_id, created_at, updated_at, message_count } = row;
  return {
    id,
    session_id: id,
    title: title ?? UNTITLED,
    recording_id: recording_id === null ? null : v.parse(UuidSchema, recording_id),
    created_at,
    updated_at,
    message_count,
  };
}

/** A new session of a user's, without messages. `now`: ISO 8601. */
export function insertSession(
  id: string,
  userId: string,
  { title, recording_id }: v.InferOutput<typeof CreateSessionSchema>,
  now: string,
): Statement {
  return sql(
    `INSERT INTO sessions (id, user_id, title, recording_id, message_count, created_at, updated_at)
     VALUES (?, ?, ?, ?, 0, ?, ?)`,
    id,
    userId,
    title ?? null,
    recording_id,
    now,
    now,
  );
}

/** A session of the user's; null for another's, as for one that never was. */
export function findSession(
  database: Database,
  userId: string,
  id: string,
): Promise<Result<SessionRow | null>> {
  return database.first(
    SessionRowSchema,
    sql(`SELECT ${COLUMNS} FROM sessions WHERE id = ? AND user_id = ?`, id, userId),
  );
}

/** One page of a user's sessions, the one last talked in first. */
export function listSessions(
  database: Database,
  userId: string,
  limit: number,
  offset: number,
): Promise<Result<SessionRow[]>> {
  return database.all(
    SessionRowSchema,
    sql(
      `SELECT ${COLUMNS} FROM sessions WHERE user_id = ? ORDER BY updated_at DESC, id DESC LIMIT ? OFFSET ?`,
      userId,
      limit,
      offset,
    ),
  );
}

/** How many sessions a user has. */
export async function countSessions(database: Database, userId: string): Promise<Result<number>> {
  const row = await database.first(
    CountRowSchema,
    sql("SELECT COUNT(*) AS total FROM sessions WHERE user_id = ?", userId),
  );
  return row.ok ? ok(row.value?.total ?? 0) : row;
}

/** Has a row while the session is the user's. */
export function isSession(userId: string, id: string): Statement {
  return sql("SELECT 1 FROM sessions WHERE id = ? AND user_id = ?", id, userId);
}

/** Notes that something was said: when, and how many messages there are by now; a first question gives the title. */
export function touchSession(id: string, now: string, title: string | null = null): Statement {
  return sql(
    `UPDATE sessions SET updated_at = ?, title = COALESCE(title, ?),
       message_count = (SELECT COUNT(*) FROM messages WHERE session_id = ?)
     WHERE id = ?`,
    now,
    title,
    id,
    id,
  );
}

/** Keeps what was said up to a message, in short; changes no row if somebody did so since `before`. */
export function keepSummary(id: string, summary: string, to: number, before: number): Statement {
  return sql(
    "UPDATE sessions SET summary = ?, summarised_to = ? WHERE id = ? AND summarised_to = ?",
    summary,
    to,
    id,
    before,
  );
}

/** Those of the sessions that are the user's, with everything in them; the last statement changes a row for each. */
export function removeSessions(userId: string, ids: readonly string[]): Statement[] {
  const owned = "SELECT id FROM sessions WHERE user_id = ? AND id IN (SELECT value FROM json_each(?))";
  const values = [userId, JSON.stringify(ids)];
  return [
    sql(
      `DELETE FROM message_recordings WHERE message_id IN
         (SELECT id FROM messages WHERE session_id IN (${owned}))`,
      ...values,
    ),
    sql(`DELETE FROM messages WHERE session_id IN (${owned})`, ...values),
    sql(`DELETE FROM turns WHERE session_id IN (${owned})`, ...values),
    sql(`DELETE FROM sessions WHERE id IN (${owned})`, ...values),
  ];
}

/** The ids of all sessions of a user, the oldest first. */
export async function listSessionIds(database: Database, userId: string): Promise<Result<string[]>> {
  const rows = await database.all(
    IdRowSchema,
    sql("SELECT id FROM sessions WHERE user_id = ? ORDER BY created_at, id", userId),
  );
  return rows.ok ? ok(rows.value.map(({ id }) => id)) : rows;
}

/** Sessions that were about a recording live on without it. */
export function unlinkRecording(recordingId: string): Statement {
  return sql("UPDATE sessions SET recording_id = NULL WHERE recording_id = ?", recordingId);
}
