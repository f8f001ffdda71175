import { type Database, timestamp } from "@crescendai/worker-kit";
import { claimTrial, closeCircuit, countFailure, findCircuit } from "../../tables/circuits.ts";

/** Recordings in a row on which the remote analyser failed before it is left alone. */
export const FAILURES_TO_OPEN = 5;

/** Milliseconds that it is left alone before one recording tries it again. */
export const OPEN_MS = 60_000;

/** Keeps us from asking, and waiting for, a service that has just failed several times. */
export interface CircuitBreaker {
  /** Whether asking is worth while. */
  allows(now: number): Promise<boolean>;
  /** How asking ended; milliseconds since the epoch. */
  ended(success: boolean, now: number): Promise<void>;
}

/**
 * A breaker that all isolates share through the database. A fault of the database lets everything pass: what it would
 * save is time.
 */
export function openCircuitBreaker(database: Database, name: string): CircuitBreaker {
  return {
    async allows(now) {
      const circuit = await findCircuit(database, name);
      const openUntil = circuit.ok ? circuit.value?.open_until : null;
      if (openUntil === null || openUntil === undefined) return true;
      if (Date.parse(openUntil) > now) return false;
      const trial = await claimTrial(database, name, timestamp(now + OPEN_MS), timestamp(now));
      return trial.ok && trial.value;
    },
    async ended(success, now) {
      const statement = success
        ? closeCircuit(name)
        : countFailure(name, FAILURES_TO_OPEN, timestamp(now + OPEN_MS));
      await database.write(statement);
    },
  };
}
