import {
  type Caller,
  type ChatHistoryMessage,
  failed,
  ok,
  type Result,
  type ServiceError,
  type TurnStatus,
} from "@crescendai/contracts";
import { type Database, timestamp } from "@crescendai/worker-kit";
import { recordingsMentioned } from "../answer/rounds.ts";
import { titleFrom } from "../answer/title.ts";
import { forgetRecording } from "../forget.ts";
import { noSuchSession } from "../no-such-session.ts";
import type { Services } from "../services.ts";
import { insertMentions, insertMessage, insertQuestion, shownMessage } from "../tables/messages.ts";
import { touchSession } from "../tables/sessions.ts";
import { endTurn, insertTurn } from "../tables/turns.ts";
import type { Draft } from "../turn/draft.ts";
import type { Means } from "./means.ts";

/** How a turn has ended in this object. */
export interface TurnEnding {
  readonly status: Extract<TurnStatus, "completed" | "stopped" | "failed">;
  /** Of a turn that failed. */
  readonly error: ServiceError | null;
}

/** How a turn has ended, by what it came to and by what ended it from outside: the player, or the time. */
export function endingOf(result: Result<null>, signal: AbortSignal): TurnEnding {
  if (signal.aborted && signal.reason === "late") {
    return {
      status: "failed",
      error: {
        code: "AI_SERVICE_ERROR",
        message: "The answer took too long. What came is kept; please ask again.",
      },
    };
  }
  if (signal.aborted) return { status: "stopped", error: null };
  return result.ok ? { status: "completed", error: null } : { status: "failed", error: result.error };
}

/** Ids of a turn, and of the message that its answer becomes. */
export interface TurnIds {
  readonly id: string;
  readonly answerId: string;
}

/** A turn, and whose it is. */
interface OwnedTurn extends TurnIds {
  readonly caller: Caller;
  readonly sessionId: string;
}

/** Writes down a question and that it is being answered, before anything else is done. NOT_FOUND if the session is gone. */
export async function openTurn(
  database: Database,
  { id, sessionId, content }: Pick<OwnedTurn, "id" | "sessionId"> & { readonly content: string },
  nowMs: number,
): Promise<Result<null>> {
  const now = timestamp(nowMs);
  const written = await database.write(
    insertTurn(id, sessionId, now),
    insertQuestion(crypto.randomUUID(), id, sessionId, content, now),
    touchSession(sessionId, now, titleFrom(content)),
  );
  if (!written.ok) return written;
  return written.value[0] === 0 ? failed(noSuchSession(sessionId)) : ok(null);
}

/**
 * Keeps what came of a turn: the answer as far as it goes, its tools, citations and cost. Null if nothing was said, or if the
 * session is gone.
 */
export async function keepAnswer(
  { database, services }: Means,
  { id, answerId, caller, sessionId }: OwnedTurn,
  draft: Draft,
  ending: TurnEnding,
  times: { readonly firstWordMs: number | null; readonly durationMs: number },
): Promise<Result<ChatHistoryMessage | null>> {
  const now = timestamp(Date.now());
  const message = {
    id: answerId,
    turn_id: id,
    role: "assistant" as const,
    status: ending.status,
    created_at: now,
    content: draft.content,
    citations: [...draft.citations],
    rounds: [...draft.rounds],
  };
  const cost = {
    model: draft.model,
    ...draft.usage,
    first_word_ms: times.firstWordMs,
    duration_ms: times.durationMs,
  };
  const mentioned = recordingsMentioned(draft.rounds);
  const anything = draft.rounds.length > 0;
  const written = await database.write(
    endTurn(id, ending.status, ending.error?.message ?? null, cost, now),
    ...(anything ? [insertMessage(message, sessionId), insertMentions(answerId, mentioned)] : []),
    touchSession(sessionId, now),
  );
  if (!written.ok) return written;
  if (!anything || written.value[1] === 0) return ok(null);
  await forgetDeleted(database, services, caller, mentioned);
  return ok(shownMessage(message));
}

/** A recording that was deleted while the turn ran was forgotten before this answer spoke of it. */
async function forgetDeleted(
  database: Database,
  services: Services,
  caller: Caller,
  recordingIds: readonly string[],
): Promise<void> {
  await Promise.all(
    recordingIds.map(async (recordingId) => {
      const found = await services.getRecording(caller.userId, recordingId);
      if (found.ok && found.value === null) await forgetRecording(database, recordingId);
    }),
  );
}
