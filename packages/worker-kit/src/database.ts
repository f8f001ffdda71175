import { failed, ok, type Result } from "@crescendai/contracts";
import type * as v from "valibot";
import { describeCause, type Logger } from "./log.ts";
import { validate } from "./validate.ts";

/** What a statement may be bound to. */
export type SqlValue = string | number | null | ArrayBuffer;

/** A statement with its values, to be run alone or in a transaction. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Typed access to one D1 database; every fault is a DATABASE_ERROR, its cause in the log. */
export interface Database {
  /** The rows, each checked against the schema of a row. */
  all<Schema extends v.GenericSchema>(
    row: Schema,
    statement: Statement,
  ): Promise<Result<v.InferOutput<Schema>[]>>;
  /** The first row, or null. */
  first<Schema extends v.GenericSchema>(
    row: Schema,
    statement: Statement,
  ): Promise<Result<v.InferOutput<Schema> | null>>;
  /** Runs the statements as one transaction; how many rows each changed, those that triggers changed included. */
  write(...statements: readonly Statement[]): Promise<Result<number[]>>;
}

/** A statement and its values in order. Prepared once per text by D1; never put a value into the text. */
export function sql(text: string, ...values: readonly SqlValue[]): Statement {
  return { sql: text, values };
}

/** A D1 database whose faults are DATABASE_ERROR, each logged with its cause, which goes to no answer. */
export function openDatabase(d1: D1Database, log: Logger): Database {
  const prepare = ({ sql: text, values }: Statement) => d1.prepare(text).bind(...values);

  async function attempt<Value>(work: () => Promise<Value>): Promise<Result<Value>> {
    try {
      return ok(await work());
    } catch (cause) {
      log.error("database failed", { code: "DATABASE_ERROR", cause: describeCause(cause) });
      return failed({
        code: "DATABASE_ERROR",
        message:
          "What you sent or asked for could not be stored or read. Nothing was lost; please try again.",
      });
    }
  }

  const all: Database["all"] = async (row, statement) => {
    const answer = await attempt(() => prepare(statement).all());
    if (!answer.ok) return answer;
    const rows: v.InferOutput<typeof row>[] = [];
    for (const raw of answer.value.results) {
      const parsed = validate(row, raw, "row");
      if (!parsed.ok) {
        log.error("row is not of its schema", { code: "DATABASE_ERROR", cause: parsed.error.message });
        return failed({ code: "DATABASE_ERROR", message: "What is stored could not be read." });
      }
      rows.push(parsed.value);
    }
    return ok(rows);
  };

  return {
    all,
    async first(row, statement) {
      const rows = await all(row, statement);
      return rows.ok ? ok(rows.value[0] ?? null) : rows;
    },
    write: (...statements) =>
      attempt(async () => {
        const results = await d1.batch(statements.map(prepare));
        return results.map((result) => result.meta.changes);
      }),
  };
}
