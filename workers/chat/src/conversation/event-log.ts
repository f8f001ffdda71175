import * as v from "valibot";

/** What a Durable Object keeps of its newest turn. */
const KeptTurnSchema = v.strictObject({
  id: v.string(),
  session_id: v.string(),
  user_id: v.string(),
  /** Id of the message that the answer becomes. */
  answer_id: v.string(),
  running: v.boolean(),
});
export type KeptTurn = v.InferOutput<typeof KeptTurnSchema>;

const TURN_KEY = "turn";

/** Events that are held in memory at most before they are written. */
const MAX_UNWRITTEN = 500;

/** An event of a turn; numbers rise, from 1. */
export interface LoggedEvent {
  readonly number: number;
  readonly data: string;
}

/**
 * The newest turn of a session and its events, in the SQLite of its Durable Object: whoever lost the connection gets from here
 * what they missed, also after the object was started anew. Events are written in batches: what an object sends waits until what
 * it wrote before is on the disk (its "output gate"), and a word must not wait for the disk.
 */
export class EventLog {
  readonly #storage: DurableObjectStorage;
  readonly #writeMs: number;
  #unwritten: LoggedEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #last: number;

  /** @param writeMs milliseconds after which an event is written at the latest, but for the first of a turn; 0: each at once. */
  constructor(storage: DurableObjectStorage, writeMs: number) {
    this.#storage = storage;
    this.#writeMs = writeMs;
    storage.sql.exec("CREATE TABLE IF NOT EXISTS events (number INTEGER PRIMARY KEY, data TEXT NOT NULL)");
    // Of a turn that was killed, numbers may have been given that weren't written: nobody gets one of them again.
    this.#last = this.#numberOfLast() + (this.turn?.running === true ? MAX_UNWRITTEN : 0);
  }

  get turn(): KeptTurn | null {
    const kept = v.safeParse(KeptTurnSchema, this.#storage.kv.get(TURN_KEY));
    return kept.success ? kept.output : null;
  }

  /** Begins a turn; the events of the one before go. */
  begin(turn: Omit<KeptTurn, "running">): void {
    this.#forgetUnwritten();
    this.#storage.sql.exec("DELETE FROM events");
    this.#storage.kv.put(TURN_KEY, { ...turn, running: true });
    this.#last = 0;
  }

  end(): void {
    this.#write();
    const { turn } = this;
    if (turn !== null) this.#storage.kv.put(TURN_KEY, { ...turn, running: false });
  }

  /** Takes an event, to be written soon, or at once if it is a turn's first; its number. */
  append(data: string): number {
    this.#last += 1;
    const number = this.#last;
    this.#unwritten.push({ number, data });
    // Behind what the caller does with the number, which is to send the event.
    if (this.#writeMs === 0 || number === 1) queueMicrotask(() => this.#write());
    else if (this.#unwritten.length >= MAX_UNWRITTEN) this.#write();
    else this.#timer ??= setTimeout(() => this.#write(), this.#writeMs);
    return number;
  }

  /** The events after a number, in their order. */
  after(number: number): LoggedEvent[] {
    const written = this.#storage.sql
      .exec<{ number: number; data: string }>(
        "SELECT number, data FROM events WHERE number > ? ORDER BY number",
        number,
      )
      .toArray();
    return [...written, ...this.#unwritten.filter((event) => event.number > number)];
  }

  /** Forgets everything. */
  clear(): void {
    this.#forgetUnwritten();
    this.#storage.sql.exec("DELETE FROM events");
    this.#storage.kv.delete(TURN_KEY);
    this.#last = 0;
  }

  #write(): void {
    const events = this.#unwritten;
    this.#forgetUnwritten();
    for (const { number, data } of events) {
      this.#storage.sql.exec("INSERT INTO events (number, data) VALUES (?, ?)", number, data);
    }
  }

  #forgetUnwritten(): void {
    this.#unwritten = [];
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #numberOfLast(): number {
    const [row] = this.#storage.sql
      .exec<{ last: number | null }>("SELECT MAX(number) AS last FROM events")
      .toArray();
    return row?.last ?? 0;
  }
}
