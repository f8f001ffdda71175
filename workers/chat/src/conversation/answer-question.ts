import { type Caller, type ChatAnswer, type ChatEvent, failed, ok, type Result } from "@crescendai/contracts";
import { describeCause } from "@crescendai/worker-kit";
import { DONE, encodeEvent, encodeNotKept, errorEvent } from "../answer/server-sent-events.ts";
import { Draft } from "../turn/draft.ts";
import { type Known, runTurnOfSession, type TalkedIn } from "../turn/run-turn-of-session.ts";
import type { EventLog } from "./event-log.ts";
import type { Listeners } from "./listeners.ts";
import type { Means } from "./means.ts";
import { endingOf, keepAnswer, type TurnEnding, type TurnIds } from "./turn-records.ts";

/** A question to be answered. */
export interface Question {
  readonly caller: Caller;
  readonly session: TalkedIn;
  readonly content: string;
}

/** Where an answer goes while it is made, and what ends it from outside: a signal, or the time. */
export interface AnswerChannel {
  readonly events: EventLog;
  readonly listeners: Listeners;
  readonly abort: AbortController;
  /** Milliseconds that the turn may take. */
  readonly turnMs: number;
}

/**
 * A turn from its question to its end: what is said goes to the log of events and to whoever listens; at the end it is kept,
 * and `message` says so.
 *
 * @param known what the answer is to be made of, which is being read.
 */
export async function answerQuestion(
  question: Question,
  known: Promise<Known>,
  { id, answerId }: TurnIds,
  channel: AnswerChannel,
  means: Means,
): Promise<Result<ChatAnswer>> {
  const { events, listeners } = channel;
  const { caller } = question;
  const sessionId = question.session.id;
  const started = Date.now();
  const draft = new Draft();
  let firstWordMs: number | null = null;
  const emitData = (data: string) =>
    listeners.send(encodeEvent(data, { turnId: id, number: events.append(data) }));
  const emit = (event: ChatEvent) => {
    if (event.type === "token") firstWordMs ??= Date.now() - started;
    emitData(JSON.stringify(event));
  };
  const ending = await runToItsEnd({ ...question, known, id }, draft, channel, emit, means);
  const times = { firstWordMs, durationMs: Date.now() - started };
  const kept = await keepAnswer(means, { id, answerId, caller, sessionId }, draft, ending, times);
  if (!kept.ok) {
    // It stays as under way, and is kept as interrupted by whoever asks next: how it ends stands in the log only then.
    for (const event of encodeNotKept(kept.error)) listeners.send(event);
    return kept;
  }
  if (ending.error !== null) emit(errorEvent(ending.error));
  if (kept.value !== null) {
    emit({ type: "message", id: kept.value.id, created_at: kept.value.created_at });
  }
  emitData(DONE);
  events.end();
  if (ending.error !== null) return failed(ending.error);
  return kept.value === null
    ? failed({ code: "CONFLICT", message: "The turn was stopped before anything was said." })
    : ok({ ...kept.value, session_id: sessionId });
}

/** Runs a turn until it has ended by itself or from outside: by the player, or by the time. */
async function runToItsEnd(
  question: Question & { readonly known: Promise<Known>; readonly id: string },
  draft: Draft,
  { abort, turnMs }: AnswerChannel,
  emit: (event: ChatEvent) => void,
  { database, services, log }: Means,
): Promise<TurnEnding> {
  const { signal } = abort;
  const deadline = setTimeout(() => abort.abort("late"), turnMs);
  // What is emitted after the end of a turn is nobody's any more.
  const emitWhileGoing = (event: ChatEvent) => {
    if (!signal.aborted) emit(event);
  };
  try {
    const means = { services, draft, signal, emit: emitWhileGoing, log };
    const work = runTurnOfSession(question, database, means);
    return endingOf(await Promise.race([work, aborted(signal)]), signal);
  } catch (cause) {
    log.error("turn threw", { cause: describeCause(cause) });
    const message = "Something went wrong on our side. Please ask again.";
    return { status: "failed", error: { code: "INTERNAL_ERROR", message } };
  } finally {
    clearTimeout(deadline);
    abort.abort("ended");
  }
}

/** Resolves when a turn is ended from outside: whatever it waits for isn't waited for any longer. */
function aborted(signal: AbortSignal): Promise<Result<null>> {
  const { promise, resolve } = Promise.withResolvers<Result<null>>();
  if (signal.aborted) resolve(ok(null));
  signal.addEventListener("abort", () => resolve(ok(null)), { once: true });
  return promise;
}
