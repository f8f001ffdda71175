import { ok, type Result } from "@crescendai/contracts";
import * as v from "valibot";
import { type Database, type Statement, sql } from "../database.ts";

/*
 * The table `circuits`, the same in each database of a worker that asks somebody outside: shared by every isolate, and still
 * there after a restart.
 */

const CircuitSchema = v.strictObject({ failures: v.number(), open_until: v.nullable(v.string()) });
type Circuit = v.InferOutput<typeof CircuitSchema>;

/** How a service stands; null for one that has not failed lately. */
export function findCircuit(database: Database, name: string): Promise<Result<Circuit | null>> {
  return database.first(CircuitSchema, sql("SELECT failures, open_until FROM circuits WHERE name = ?", name));
}

/** Counts a failure; the service is left alone until `openUntil` once there were `limit` of them in a row. */
export function countFailure(name: string, limit: number, openUntil: string): Statement {
  return sql(
    `INSERT INTO circuits (name, failures, open_until) VALUES (?1, 1, CASE WHEN ?2 <= 1 THEN ?3 END)
     ON CONFLICT (name) DO UPDATE SET failures = failures + 1,
       open_until = CASE WHEN failures + 1 >= ?2 THEN ?3 ELSE open_until END`,
    name,
    limit,
    openUntil,
  );
}

/** Forgets the failures of a service that answers. */
export function closeCircuit(name: string): Statement {
  return sql("DELETE FROM circuits WHERE name = ?", name);
}

/** Whether the caller is the one who tries a service again whose time is over; everybody else goes on leaving it alone. */
export async function claimTrial(
  database: Database,
  name: string,
  openUntil: string,
  now: string,
): Promise<Result<boolean>> {
  const written = await database.write(
    sql("UPDATE circuits SET open_until = ? WHERE name = ? AND open_until <= ?", openUntil, name, now),
  );
  return written.ok ? ok(written.value[0] > 0) : written;
}
