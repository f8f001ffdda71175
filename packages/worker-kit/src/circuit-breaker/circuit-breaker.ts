import type { Database } from "../database.ts";
import { timestamp } from "../time.ts";
import { claimTrial, closeCircuit, countFailure, findCircuit } from "./circuits.ts";

/** When something outside that fails is left alone. */
export interface CircuitPolicy {
  /** Failures in a row before it is left alone. */
  readonly failuresToOpen: number;
  /** Milliseconds that it is left alone before one request tries it again. */
  readonly openMs: number;
}

/** Keeps us from asking, and waiting for, something that has just failed several times. */
export interface CircuitBreaker {
  /** Whether asking is worth while; milliseconds since the epoch. */
  allows(now: number): Promise<boolean>;
  /** How asking ended; milliseconds since the epoch. */
  ended(success: boolean, now: number): Promise<void>;
}

/**
 * A breaker that all isolates share through the database. A fault of the database lets everything pass: what it would
 * save is time.
 *
 * @param name of what is asked, as it stands in the table `circuits`.
 */
export function openCircuitBreaker(
  database: Database,
  name: string,
  { failuresToOpen, openMs }: CircuitPolicy,
): CircuitBreaker {
  // Where nothing is held against it there is nothing to forget either, and success is what mostly happens.
  let isClean = false;
  return {
    async allows(now) {
      const circuit = await findCircuit(database, name);
      isClean = circuit.ok && circuit.value === null;
      const openUntil = circuit.ok ? circuit.value?.open_until : null;
      if (openUntil === null || openUntil === undefined) return true;
      if (Date.parse(openUntil) > now) return false;
      const trial = await claimTrial(database, name, timestamp(now + openMs), timestamp(now));
      return trial.ok && trial.value;
    },
    async ended(success, now) {
      if (success && isClean) return;
      isClean = false;
      const statement = success
        ? closeCircuit(name)
        : countFailure(name, failuresToOpen, timestamp(now + openMs));
      await database.write(statement);
    },
  };
}
