import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** SQLITE_BUSY (sqlite.org/rescode.html): another connection holds the lock. */
const BUSY = 5;

/**
 * Claims a folder of the mesh's data for this process: two runtimes on one folder would migrate it at once and keep two copies of
 * each Durable Object.
 *
 * The claim is the lock on an empty database, which the system takes back from a process that is killed.
 *
 * @returns what gives the folder back.
 * @throws with a sentence, if a process that is alive has claimed it.
 */
export function claimFolder(stateFolder: string): () => void {
  mkdirSync(stateFolder, { recursive: true });
  const claim = new DatabaseSync(join(stateFolder, "claim.sqlite"));
  try {
    claim.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (cause) {
    claim.close();
    if (!isBusy(cause)) throw cause;
    throw new Error(
      `Another start uses the data in ${stateFolder}. Stop it, or choose another folder: STATE_DIR=.state-2 npm start`,
    );
  }
  return () => claim.close();
}

function isBusy(cause: unknown): boolean {
  return cause instanceof Error && "errcode" in cause && cause.errcode === BUSY;
}
