import { DurableObject } from "cloudflare:workers";
import { createLogger, openDatabase } from "@crescendai/worker-kit";
import { type LibraryVersion, readSearchState } from "../tables/search-state.ts";

/** Milliseconds that a version is remembered: nobody announces that a database is restored, or changed by hand. */
const KNOWN_MS = 10_000;

/**
 * Milliseconds after which a change is over, whatever became of who began it: D1 ends a query after 30 s. By then nothing is
 * remembered any more that was known before.
 */
const CHANGE_MS = 60_000;

interface Known {
  readonly version: Promise<LibraryVersion | null>;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * Knows the library's version, so that a search that a cache answers needs no call of the database. There is one such object,
 * and every write to the library is announced to it before it begins: until it has ended, the object knows nothing, and
 * everybody asks the database. So nothing that the database no longer holds is taken for what it holds, whoever dies when.
 *
 * All of it is in memory: an object that begins anew reads the version, and one that ended in the middle of a change is told of
 * the change's end like any other, before whoever asked for the change is answered. Should whoever makes the change end as well,
 * what was read in between may be out of date until it is forgotten.
 */
export class LibraryGeneration extends DurableObject<RagEnv> {
  readonly #database = openDatabase(this.env.DB, createLogger("rag"));
  /** Changes under way, with the milliseconds since the epoch until which they are believed to be. */
  readonly #changes = new Map<string, number>();
  /** By embedding model. */
  readonly #known = new Map<string, Known>();

  /** The library's version for a model; null while it changes, and where the database doesn't say. */
  async current(embeddingModel: string): Promise<LibraryVersion | null> {
    const now = Date.now();
    for (const [change, until] of this.#changes) if (until <= now) this.#changes.delete(change);
    if (this.#changes.size > 0) return null;
    const known = this.#known.get(embeddingModel);
    if (known !== undefined && known.until > now) return await known.version;
    const version = this.#read(embeddingModel);
    this.#known.set(embeddingModel, { version, until: now + KNOWN_MS });
    return await version;
  }

  /** Announces a change: the caller gives it a name, and then may write to the library. */
  beginChange(name: string): void {
    this.#changes.set(name, Date.now() + CHANGE_MS);
  }

  /** Ends a change, announced to this object or to the one before it. */
  endChange(name: string): void {
    this.#changes.delete(name);
    // What is still being read may be from before, and must not be waited for by those who ask afterwards.
    this.#known.clear();
  }

  async #read(embeddingModel: string): Promise<LibraryVersion | null> {
    const state = await readSearchState(this.#database, embeddingModel);
    if (!state.ok) {
      this.#known.delete(embeddingModel);
      return null;
    }
    const { generation, vectorsComplete } = state.value;
    return { generation, vectorsComplete };
  }
}
