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

/**
 * The newest turn of a session and its events, in the SQLite of its Durable Object: whoever lost the connection gets from here
 * what they missed, also after the object was started anew.
 */
export class EventLog {
  readonly #storage: DurableObjectStorage;
  #last = 0;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    storage.sql.exec("CREATE TABLE IF NOT EXISTS events (number INTEGER PRIMARY KEY, data TEXT NOT NULL)");
    this.#last = this.#numberOfLast();
  }

  get turn(): KeptTurn | null {
    const kept = v.safeParse(KeptTurnSchema, this.#storage.kv.get(TURN_KEY));
    return kept.success ? kept.output : null;
  }

  /** Begins a turn; the events of the one before go. */
  begin(turn: Omit<KeptTurn, "running">): void {
    this.#storage.sql.exec("DELETE FROM events");
    this.#storage.kv.put(TURN_KEY, { ...turn, running: true });
    this.#last = 0;
  }

  end(): void {
    const { turn } = this;
    if (turn !== null) this.#storage.kv.put(TURN_KEY, { ...turn, running: false });
  }

  /** Keeps an event; its number, from 1. */
  append(data: string): number {
    this.#last += 1;
    this.#storage.sql.exec("INSERT INTO events (number, data) VALUES (?, ?)", this.#last, data);
    return this.#last;
  }

  /** The events after a number, in their order. */
  after(number: number): { readonly number: number; readonly data: string }[] {
    return this.#storage.sql
      .exec<{ number: number; data: string }>(
        "SELECT number, data FROM events WHERE number > ? ORDER BY number",
        number,
      )
      .toArray();
  }

  /** Forgets everything. */
  clear(): void {
    this.#storage.sql.exec("DELETE FROM events");
    this.#storage.kv.delete(TURN_KEY);
    this.#last = 0;
  }

  #numberOfLast(): number {
    const [row] = this.#storage.sql
      .exec<{ last: number | null }>("SELECT MAX(number) AS last FROM events")
      .toArray();
    return row?.last ?? 0;
  }
}
