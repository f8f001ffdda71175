import { type AnalysisSummary, type Caller, ok, type Result, type UserContext } from "@crescendai/contracts";
import type { Database } from "@crescendai/worker-kit";
import { exchangesOf } from "../prompt/history-window.ts";
import type { Services } from "../services.ts";
import { listMessages, listQuestions, type MessageRow } from "../tables/messages.ts";
import type { SessionRow } from "../tables/sessions.ts";
import { runTurn, type Turn } from "./run-turn.ts";

/** What of a session a turn needs to know. */
export type TalkedIn = Pick<SessionRow, "id" | "recording_id" | "summary" | "summarised_to">;

/** What is known when a question comes. */
export interface Known {
  /** What was said in the session since its summary; the question itself may be among it. */
  readonly messages: Result<MessageRow[]>;
  readonly player: Result<UserContext>;
  readonly recording: Result<AnalysisSummary | null>;
}

/** Reads what a session's turn needs to know, all at once. */
export async function readKnown(
  { caller, session }: { readonly caller: Caller; readonly session: TalkedIn },
  database: Database,
  services: Services,
): Promise<Known> {
  const { id, recording_id, summarised_to } = session;
  const [messages, player, recording] = await Promise.all([
    listMessages(database, id, summarised_to),
    services.getContext(caller.userId),
    recording_id === null ? ok(null) : services.getAnalysis(caller.userId, recording_id),
  ]);
  return { messages, player, recording };
}

/** Runs a session's turn with what is known. */
export async function runTurnOfSession(
  {
    id,
    caller,
    session,
    content,
    known,
  }: {
    readonly id: string;
    readonly caller: Caller;
    readonly session: TalkedIn;
    readonly content: string;
    readonly known: Promise<Known>;
  },
  database: Database,
  means: Pick<Turn, "services" | "draft" | "signal" | "emit" | "log">,
): Promise<Result<null>> {
  const { messages, player, recording } = await known;
  if (!messages.ok) return messages;
  return await runTurn({
    ...means,
    id,
    caller,
    prompt: {
      // Without them the coach still answers, and can ask for them with its tools.
      player: player.ok ? player.value : null,
      recording: recording.ok ? recording.value : null,
      summary: session.summary,
      earlier: exchangesOf(messages.value.filter(({ turn_id }) => turn_id !== id)),
      question: content,
    },
    readQuestions: () => listQuestions(database, session.id),
  });
}
