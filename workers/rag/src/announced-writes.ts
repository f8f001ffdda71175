import { failed } from "@crescendai/contracts";
import { type Database, describeCause, type Logger, withTimeLimit } from "@crescendai/worker-kit";

/** What is told of changes, see durable-objects/library-generation.ts. */
export interface ChangeObserver {
  beginChange(name: string): Promise<void>;
  endChange(name: string): Promise<void>;
}

/** Milliseconds that the observer may take to answer. */
const LIMIT_MS = 2000;

/**
 * The library's database, each write to it announced beforehand and its end told before it is answered. What can't be
 * announced isn't written: somebody might go on getting what it removes from a cache. Where the database doesn't say what
 * became of a write, it may yet happen, so that its end isn't told: the observer waits for as long as that can be.
 */
export function announcingWrites(database: Database, observer: () => ChangeObserver, log: Logger): Database {
  return {
    ...database,
    async write(...statements) {
      const change = crypto.randomUUID();
      try {
        await withTimeLimit(observer().beginChange(change), LIMIT_MS);
      } catch (cause) {
        log.error("change not announced", { code: "DATABASE_ERROR", cause: describeCause(cause) });
        return failed({
          code: "DATABASE_ERROR",
          message: "The library can't be changed just now. Nothing was changed; please try again.",
        });
      }
      const written = await database.write(...statements);
      if (!written.ok) return written;
      try {
        await withTimeLimit(observer().endChange(change), LIMIT_MS);
      } catch (cause) {
        log.warn("end of change not told", { cause: describeCause(cause) });
      }
      return written;
    },
  };
}
