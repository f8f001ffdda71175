import { type Caller, ok, type Result } from "@crescendai/contracts";
import type { Database } from "@crescendai/worker-kit";
import { exchangesOf } from "../prompt/history-window.ts";
import { listMessages, listQuestions } from "../tables/messages.ts";
import type { SessionRow } from "../tables/sessions.ts";
import { runTurn, type Turn } from "./run-turn.ts";

/** What of a session a turn needs to know. */
export type TalkedIn = Pick<SessionRow, "id" | "recording_id" | "summary" | "summarised_to">;

/** Reads what a session's turn needs to know, all at once, and runs it. */
export async function runTurnOfSession(
  {
    id,
    caller,
    session,
    content,
  }: {
    readonly id: string;
    readonly caller: Caller;
    readonly session: TalkedIn;
    readonly content: string;
  },
  database: Database,
  means: Pick<Turn, "services" | "draft" | "signal" | "emit" | "log">,
): Promise<Result<null>> {
  const { id: sessionId, recording_id, summary, summarised_to } = session;
  const [messages, player, recording] = await Promise.all([
    listMessages(database, sessionId, summarised_to),
    means.services.getContext(caller.userId),
    recording_id === null ? ok(null) : means.services.getAnalysis(caller.userId, recording_id),
  ]);
  if (!messages.ok) return messages;
  return await runTurn({
    ...means,
    id,
    caller,
    prompt: {
      // Without them the coach still answers, and can ask for them with its tools.
      player: player.ok ? player.value : null,
      recording: recording.ok ? recording.value : null,
      summary,
      earlier: exchangesOf(messages.value.filter(({ turn_id }) => turn_id !== id)),
      question: content,
    },
    saidByPlayer: () => listQuestions(database, sessionId),
  });
}
