/** The last mutation. */
export interface LastMutation {
  /** How many there were. */
  readonly number: number;
  /** Milliseconds since 1970; 0 before the first. */
  readonly at: number;
}

/** The table of one row that counts mutations. */
export class MutationsTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`
      CREATE TABLE IF NOT EXISTS last_mutation (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        number INTEGER NOT NULL,
        at INTEGER NOT NULL
      )`);
    sql.exec("INSERT OR IGNORE INTO last_mutation (only, number, at) VALUES (1, 0, 0)");
  }

  last(): LastMutation {
    return this.#sql.exec<{ number: number; at: number }>("SELECT number, at FROM last_mutation").one();
  }

  /** Counts one more. @returns its number. */
  add(now: number): number {
    return this.#sql
      .exec<{ number: number }>("UPDATE last_mutation SET number = number + 1, at = ? RETURNING number", now)
      .one().number;
  }
}
