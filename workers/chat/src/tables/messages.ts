import {
  type ChatCitation,
  ChatCitationSchema,
  type ChatHistoryMessage,
  ok,
  type Result,
  UuidSchema,
} from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
import { type Round, RoundSchema, toolUses } from "../answer/rounds.ts";

/** The tables `messages` and `message_recordings`, see migrations/chat. */

const MessageRowSchema = v.strictObject({
  seq: v.number(),
  id: UuidSchema,
  turn_id: v.string(),
  role: v.picklist(["user", "assistant"]),
  status: v.picklist(["completed", "stopped", "failed", "interrupted"]),
  created_at: v.string(),
  content: v.string(),
  citations: v.pipe(v.string(), v.parseJson(), v.array(ChatCitationSchema)),
  rounds: v.pipe(v.string(), v.parseJson(), v.array(RoundSchema)),
});
export type MessageRow = v.InferOutput<typeof MessageRowSchema>;

const COLUMNS = Object.keys(MessageRowSchema.entries).join(", ");

/** A message as its owner sees it. */
export function shownMessage(row: Omit<MessageRow, "seq" | "turn_id">): ChatHistoryMessage {
  const { id, role, content, created_at } = row;
  if (role === "user") return { id, role, content, created_at };
  return {
    id,
    role,
    content,
    created_at,
    tool_calls: toolUses(row.rounds),
    citations: row.citations,
    ...(row.status === "completed" ? {} : { status: row.status }),
  };
}

/** Writes a question; changes no row if the session is gone. */
export function insertQuestion(
  id: string,
  turnId: string,
  sessionId: string,
  content: string,
  now: string,
): Statement {
  return insertMessage(
    {
      id,
      turn_id: turnId,
      role: "user",
      status: "completed",
      created_at: now,
      content,
      citations: [],
      rounds: [],
    },
    sessionId,
  );
}

/** Writes a message; changes no row if the session is gone, or the message is there. */
export function insertMessage(row: Omit<MessageRow, "seq">, sessionId: string): Statement {
  return sql(
    `INSERT INTO messages (id, session_id, turn_id, role, status, created_at, content, citations, rounds)
     SELECT ?, id, ?, ?, ?, ?, ?, ?, ? FROM sessions WHERE id = ? ON CONFLICT (id) DO NOTHING`,
    row.id,
    row.turn_id,
    row.role,
    row.status,
    row.created_at,
    row.content,
    JSON.stringify(row.citations satisfies readonly ChatCitation[]),
    JSON.stringify(row.rounds satisfies readonly Round[]),
    sessionId,
  );
}

/** Notes which recordings a stored message speaks of. */
export function insertMentions(messageId: string, recordingIds: readonly string[]): Statement {
  return sql(
    `INSERT OR IGNORE INTO message_recordings (recording_id, message_id)
     SELECT mention.value, messages.id FROM messages, json_each(?) AS mention WHERE messages.id = ?`,
    JSON.stringify(recordingIds),
    messageId,
  );
}

/** The messages of a session after one of them, oldest first. */
export function listMessages(
  database: Database,
  sessionId: string,
  afterSeq = 0,
): Promise<Result<MessageRow[]>> {
  return database.all(
    MessageRowSchema,
    sql(`SELECT ${COLUMNS} FROM messages WHERE session_id = ? AND seq > ? ORDER BY seq`, sessionId, afterSeq),
  );
}

const ContentRowSchema = v.strictObject({ content: v.string() });

/** All that the player has said in a session. */
export async function listQuestions(database: Database, sessionId: string): Promise<Result<string[]>> {
  const rows = await database.all(
    ContentRowSchema,
    sql("SELECT content FROM messages WHERE session_id = ? AND role = 'user' ORDER BY seq", sessionId),
  );
  return rows.ok ? ok(rows.value.map(({ content }) => content)) : rows;
}

/** The messages that speak of a recording. */
export function listMentioning(database: Database, recordingId: string): Promise<Result<MessageRow[]>> {
  return database.all(
    MessageRowSchema,
    sql(
      `SELECT ${COLUMNS} FROM messages WHERE id IN
         (SELECT message_id FROM message_recordings WHERE recording_id = ?) ORDER BY seq`,
      recordingId,
    ),
  );
}

/** Puts other rounds in the place of those of a message. */
export function replaceRounds(id: string, rounds: readonly Round[]): Statement {
  return sql("UPDATE messages SET rounds = ? WHERE id = ?", JSON.stringify(rounds), id);
}

/** Forgets which messages speak of a recording. */
export function removeMentions(recordingId: string): Statement {
  return sql("DELETE FROM message_recordings WHERE recording_id = ?", recordingId);
}
