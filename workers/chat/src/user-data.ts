import { type Caller, ok, type Result } from "@crescendai/contracts";
import {
  type Database,
  eraseAuditStatements,
  exportAuditLog,
  type Logger,
  timestamp,
} from "@crescendai/worker-kit";
import { discardConversation } from "./conversation/discard.ts";
import { listMessages, shownMessage } from "./tables/messages.ts";
import { findSession, listSessionIds, removeSessions, shownSession } from "./tables/sessions.ts";
import { listTurns } from "./tables/turns.ts";

/** All that is held on the caller: every conversation with what was said and what it took, and the audit log. */
export async function exportUser(database: Database, caller: Caller): Promise<Result<unknown>> {
  const ids = await listSessionIds(database, caller.userId);
  if (!ids.ok) return ids;
  const sessions: unknown[] = [];
  for (const id of ids.value) {
    const session = await findSession(database, caller.userId, id);
    if (!session.ok) return session;
    if (session.value === null) continue;
    const [messages, turns] = await Promise.all([listMessages(database, id), listTurns(database, id)]);
    if (!messages.ok) return messages;
    if (!turns.ok) return turns;
    sessions.push({
      ...shownSession(session.value),
      summary: session.value.summary,
      messages: messages.value.map(shownMessage),
      turns: turns.value,
    });
  }
  const auditLog = await exportAuditLog(database, caller, timestamp(Date.now()));
  return auditLog.ok ? ok({ sessions, audit_log: auditLog.value }) : auditLog;
}

/**
 * Removes every conversation of the caller's and the audit entries, in one transaction; answers under way are ended, and kept by
 * nobody. What the caller begins meanwhile is found behind it, and goes in the same way.
 */
export async function eraseUser(
  env: Pick<ChatEnv, "CONVERSATIONS">,
  database: Database,
  caller: Caller,
  log: Logger,
): Promise<Result<null>> {
  const ids = await listSessionIds(database, caller.userId);
  if (!ids.ok) return ids;
  const written = await database.write(
    ...removeSessions(caller.userId, ids.value),
    ...(await eraseAuditStatements(caller, timestamp(Date.now()))),
  );
  if (!written.ok) return written;
  for (const id of ids.value) await discardConversation(env, id, log);
  const begunMeanwhile = await listSessionIds(database, caller.userId);
  if (!begunMeanwhile.ok) return begunMeanwhile;
  return begunMeanwhile.value.length === 0 ? ok(null) : await eraseUser(env, database, caller, log);
}
