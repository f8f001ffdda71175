import { DurableObject } from "cloudflare:workers";
import { type ChatAnswer, failed, ok, type Result, type ServiceError } from "@crescendai/contracts";
import { callerFields, createLogger, openDatabase, timestamp } from "@crescendai/worker-kit";
import { DONE, type EventPosition, encodeEvent, encodeNotKept } from "../answer/server-sent-events.ts";
import { openServices } from "../services.ts";
import { type Known, readKnown } from "../turn/run-turn-of-session.ts";
import { type AnswerChannel, answerQuestion, type Question } from "./answer-question.ts";
import { EventLog, type KeptTurn } from "./event-log.ts";
import { keepInterrupted } from "./keep-interrupted.ts";
import { Listeners } from "./listeners.ts";
import type { Means } from "./means.ts";
import { summariseOlder } from "./summarise-older.ts";
import { type ConversationTimes, TIMES } from "./times.ts";
import { openTurn, type TurnIds } from "./turn-records.ts";

/** What is said while an earlier turn can't be ended. */
const NOT_SETTLED: ServiceError = {
  code: "DATABASE_ERROR",
  message: "Your last answer was interrupted and can't be kept just now. Please try again in a moment.",
};

/** A turn under way in this object. */
interface RunningTurn {
  readonly id: string;
  readonly abort: AbortController;
  readonly listeners: Listeners;
  readonly outcome: Promise<Result<ChatAnswer>>;
}

/** What the newest turn comes to: a short one may have ended before anybody asks for it. */
type Outcome = Pick<RunningTurn, "id" | "outcome">;

/**
 * One session's turns, one after another. A turn runs here and not in the request that asked for it, so it goes on when
 * the client leaves; its events are kept, so that a client comes back to it; and what an earlier life of the object left
 * running ends as interrupted, with what was said.
 */
export class SessionConversation extends DurableObject<ChatEnv> {
  readonly #events: EventLog;
  readonly #times: ConversationTimes;
  #running: RunningTurn | null = null;
  #newest: Outcome | null = null;
  #settling: Promise<boolean> | null = null;
  /** From a question's arrival to its turn: nobody else may begin one meanwhile, nor take it for one that was left. */
  #beginning: Promise<Result<string>> | null = null;

  constructor(state: DurableObjectState, env: ChatEnv, times: ConversationTimes = TIMES) {
    super(state, env);
    this.#times = times;
    this.#events = new EventLog(state.storage, times.writeMs);
  }

  /**
   * Begins to answer a question; the turn's id. CONFLICT while another is being answered, NOT_FOUND if the session is gone.
   */
  async begin(question: Question): Promise<Result<string>> {
    if (this.#running !== null || this.#beginning !== null) {
      return failed({
        code: "CONFLICT",
        message:
          "Your last question is still being answered. Wait for the answer, or stop it, and ask again.",
      });
    }
    this.#beginning = this.#begin(question).finally(() => {
      this.#beginning = null;
    });
    return await this.#beginning;
  }

  /**
   * The events of the newest turn after a position, those to come included; all of it without one. Of an older turn, and where
   * there is none, only that it is done.
   */
  async follow(after: EventPosition | null): Promise<ReadableStream<Uint8Array>> {
    const isSettled = await this.settle();
    const turn = this.#events.turn;
    if (turn === null || (after !== null && after.turnId !== turn.id)) {
      return new Listeners().open([encodeEvent(DONE)], true);
    }
    const before = this.#events
      .after(after?.number ?? 0)
      .map(({ number, data }) => encodeEvent(data, { turnId: turn.id, number }));
    if (this.#running !== null) return this.#running.listeners.open(before, false);
    return new Listeners().open([...before, ...(isSettled ? [] : encodeNotKept(NOT_SETTLED))], true);
  }

  /** The whole answer of a turn (`ChatAnswer`) as JSON text, once it has ended. */
  async outcome(turnId: string): Promise<Result<string>> {
    if (this.#newest?.id === turnId) {
      const answer = await this.#newest.outcome;
      return answer.ok ? ok(JSON.stringify(answer.value)) : answer;
    }
    return failed({ code: "CONFLICT", message: "This turn has ended. Read the session for its answer." });
  }

  /** Ends the turn under way and keeps what was said; whether there was one. */
  async stop(): Promise<boolean> {
    // What it failed with is told to whoever asked the question.
    await this.#beginning?.catch(() => null);
    const running = this.#running;
    if (running === null) return false;
    running.abort.abort("stopped");
    await running.outcome;
    return true;
  }

  /**
   * Ends what an earlier life of this object has left running: the turn is interrupted, what was said is kept. False where that
   * couldn't be written; then whoever asks next tries again.
   */
  async settle(): Promise<boolean> {
    // What it failed with is told to whoever asked the question.
    await this.#beginning?.catch(() => null);
    return await this.#settleLeft();
  }

  /** Forgets everything, and keeps nothing of what is under way. */
  async discard(): Promise<void> {
    await this.stop();
    await this.#settling;
    this.#newest = null;
    this.#events.clear();
    await this.ctx.storage.deleteAlarm();
  }

  /** The heartbeat of a turn, the end of one that was interrupted, or the time to forget the events of an old one. */
  override async alarm(): Promise<void> {
    if (this.#running !== null || this.#beginning !== null) {
      await this.ctx.storage.setAlarm(Date.now() + this.#times.heartbeatMs);
    } else if (this.#events.turn?.running === true) {
      await this.settle();
    } else {
      this.#events.clear();
    }
  }

  async #begin(question: Question): Promise<Result<string>> {
    if (!(await this.#settleLeft())) return failed(NOT_SETTLED);
    const { caller, session, content } = question;
    const log = createLogger("chat", callerFields(caller));
    const means = { database: openDatabase(this.env.DB, log), services: openServices(this.env, log), log };
    const ids = { id: crypto.randomUUID(), answerId: crypto.randomUUID() };
    // First of all: what is asked after something was written waits for the disk.
    const known = readKnown(question, means.database, means.services);
    // Before the database: whatever is written there as running, this object knows of.
    this.#events.begin({
      id: ids.id,
      session_id: session.id,
      user_id: caller.userId,
      answer_id: ids.answerId,
    });
    const [, opened] = await Promise.all([
      this.ctx.storage.setAlarm(Date.now() + this.#times.heartbeatMs),
      openTurn(means.database, { id: ids.id, sessionId: session.id, content }, Date.now()),
    ]);
    if (!opened.ok) {
      this.#events.clear();
      return opened;
    }
    this.#start(question, known, ids, means);
    return ok(ids.id);
  }

  async #settleLeft(): Promise<boolean> {
    const turn = this.#events.turn;
    if (this.#running !== null || turn === null || !turn.running) return true;
    this.#settling ??= this.#settle(turn).finally(() => {
      this.#settling = null;
    });
    return await this.#settling;
  }

  async #settle(turn: KeptTurn): Promise<boolean> {
    const database = openDatabase(this.env.DB, createLogger("chat", { user: turn.user_id }));
    const events = await keepInterrupted(database, turn, this.#events.after(0), timestamp(Date.now()));
    if (events !== null) {
      for (const event of events) this.#events.append(event);
      this.#events.end();
    }
    await this.#setAlarmBehindTurn();
    return events !== null;
  }

  /** Has the events of the newest turn kept for a while; or, if its end couldn't be written yet, soon tried again. */
  async #setAlarmBehindTurn(): Promise<void> {
    const isLeft = this.#events.turn?.running === true;
    await this.ctx.storage.setAlarm(Date.now() + (isLeft ? this.#times.heartbeatMs : this.#times.keptMs));
  }

  #start(question: Question, known: Promise<Known>, ids: TurnIds, means: Means): void {
    const listeners = new Listeners();
    listeners.keepAwake(this.#times.pingMs);
    const abort = new AbortController();
    const { turnMs } = this.#times;
    const channel = { events: this.#events, listeners, abort, turnMs };
    const outcome = this.#run(question, known, ids, channel, means);
    this.#running = { id: ids.id, abort, listeners, outcome };
    this.#newest = { id: ids.id, outcome };
    // The object lives as long as there is work; this says so to whoever reads it.
    this.ctx.waitUntil(outcome);
  }

  async #run(
    question: Question,
    known: Promise<Known>,
    ids: TurnIds,
    channel: AnswerChannel,
    means: Means,
  ): Promise<Result<ChatAnswer>> {
    try {
      return await answerQuestion(question, known, ids, channel, means);
    } finally {
      channel.listeners.close();
      this.#running = null;
      await this.#setAlarmBehindTurn();
      this.ctx.waitUntil(summariseOlder(means, question.caller, question.session.id));
    }
  }
}
