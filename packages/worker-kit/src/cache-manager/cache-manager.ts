import { ok, type Result } from "@crescendai/contracts";
import * as v from "valibot";
import { sha256Hex } from "../hex.ts";
import { describeCause, type Logger } from "../log.ts";
import { withTimeLimit } from "../time-limit.ts";
import type { Cache } from "./cache.ts";
import { countCacheLook } from "./counts.ts";

/** Milliseconds that an isolate remembers a value without KV: as long as KV's own answers may be stale. */
const MEMORY_MS = 60_000;

/** Milliseconds until an isolate looks whether a cache was invalidated by hand. */
const EPOCH_MS = 30_000;

/** Milliseconds after which KV counts as silent: what is kept there can be made anew in less. */
const KV_LIMIT_MS = 300;

/** Milliseconds that a request waits for a value that another is computing: that one may have been killed meanwhile. */
const UNDERWAY_LIMIT_MS = 10_000;

/** Milliseconds after which a value is written to KV: by then an answer that was ready has mostly gone out. */
const WRITE_AFTER_MS = 5;

/** What was computed. */
export interface Computed<Value> {
  readonly value: Value;
  /** False for a makeshift, which the next one shouldn't get when all is well again. */
  readonly keep: boolean;
}

/** What a cache works with. */
export interface CacheManagerOptions {
  readonly namespace: KVNamespace;
  readonly log: Logger;
  /** Lets work go on behind the answer. */
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

const EntrySchema = v.strictObject({ fingerprint: v.string(), value: v.unknown() });

/**
 * Caches of a worker: first the isolate's memory, then KV. What is found was made from exactly what it is looked for
 * with: the SHA-256 of that, and of the cache's epoch, is in the entry. A generation number among it invalidates at
 * once; `invalidate` does so by hand. Everything here is but speed: a fault is a line in the log, and otherwise a miss.
 *
 * Keys in KV: `{cache}/{subject}`, and `epoch/{cache}`.
 */
export class CacheManager {
  readonly #namespace: KVNamespace;
  readonly #log: Logger;
  readonly #waitUntil: (work: Promise<unknown>) => void;
  readonly #now: () => number;

  constructor({ namespace, log, waitUntil, now = Date.now }: CacheManagerOptions) {
    this.#namespace = namespace;
    this.#log = log;
    this.#waitUntil = waitUntil;
    this.#now = now;
  }

  /**
   * The value made from `madeFrom`: from the cache, from whoever is computing it just now, or from `compute`.
   *
   * @param madeFrom everything that the value depends on, as JSON has it.
   */
  async through<Schema extends v.GenericSchema>(
    cache: Cache<Schema>,
    madeFrom: unknown,
    compute: () => Promise<Result<Computed<v.InferOutput<Schema>>>>,
  ): Promise<Result<v.InferOutput<Schema>>> {
    const { name } = cache.definition;
    const key = await this.#fingerprint(cache, madeFrom);
    const remembered = cache.memory.get(key, this.#now());
    if (remembered !== undefined) {
      countCacheLook(name, "hits");
      return ok(remembered);
    }
    const underway = cache.underway.get(key);
    if (underway !== undefined) {
      const shared = await this.#attempt("waited for", () => withTimeLimit(underway, UNDERWAY_LIMIT_MS));
      if (shared !== null) {
        countCacheLook(name, "hits");
        return shared;
      }
    }
    const work = this.#load(cache, key, compute).finally(() => {
      if (cache.underway.get(key) === work) cache.underway.delete(key);
    });
    cache.underway.set(key, work);
    // Whoever waits for it must not be left alone when the one who began hangs up.
    this.#waitUntil(work.catch(() => undefined));
    return await work;
  }

  /** The value kept for a subject, if it was made from the same; or null. */
  async find<Schema extends v.GenericSchema>(
    cache: Cache<Schema>,
    subject: string,
    madeFrom: unknown,
  ): Promise<v.InferOutput<Schema> | null> {
    const fingerprint = await this.#fingerprint(cache, madeFrom);
    const found = await this.#read(cache, subject, fingerprint);
    countCacheLook(cache.definition.name, found === null ? "misses" : "hits");
    return found;
  }

  /** Keeps a value for a subject, in place of what was there. */
  async keep<Schema extends v.GenericSchema>(
    cache: Cache<Schema>,
    subject: string,
    madeFrom: unknown,
    value: v.InferOutput<Schema>,
  ): Promise<void> {
    await this.#write(cache, subject, await this.#fingerprint(cache, madeFrom), value);
  }

  /** Removes what is kept for a subject; whether that is certain. */
  async remove<Schema extends v.GenericSchema>(cache: Cache<Schema>, subject: string): Promise<boolean> {
    cache.memory.delete(subject);
    const removed = await this.#attempt("cleared", async () => {
      await this.#namespace.delete(`${cache.definition.name}/${subject}`);
      return true;
    });
    return removed ?? false;
  }

  /** Makes everything in a cache a miss: here at once, elsewhere within a minute or so. Whether that is certain. */
  async invalidate<Schema extends v.GenericSchema>(cache: Cache<Schema>): Promise<boolean> {
    const value = crypto.randomUUID();
    const written = await this.#attempt("invalidated", async () => {
      await this.#namespace.put(`epoch/${cache.definition.name}`, value);
      return true;
    });
    cache.memory.clear();
    cache.epoch = { value, until: this.#now() + EPOCH_MS };
    return written ?? false;
  }

  async #load<Schema extends v.GenericSchema>(
    cache: Cache<Schema>,
    key: string,
    compute: () => Promise<Result<Computed<v.InferOutput<Schema>>>>,
  ): Promise<Result<v.InferOutput<Schema>>> {
    const isShared = cache.definition.keptIn !== "memory";
    const kept = isShared ? await this.#read(cache, key, key) : null;
    countCacheLook(cache.definition.name, kept === null ? "misses" : "hits");
    if (kept !== null) return ok(kept);
    const computed = await compute();
    if (!computed.ok) return computed;
    const { value, keep } = computed.value;
    if (keep) {
      this.#remember(cache, key, value);
      if (isShared) this.#waitUntil(wait(WRITE_AFTER_MS).then(() => this.#write(cache, key, key, value)));
    }
    return ok(value);
  }

  async #read<Schema extends v.GenericSchema>(
    cache: Cache<Schema>,
    subject: string,
    fingerprint: string,
  ): Promise<v.InferOutput<Schema> | null> {
    const { name, schema } = cache.definition;
    const entry = await this.#attempt("read", () =>
      withTimeLimit(this.#namespace.get(`${name}/${subject}`, "json"), KV_LIMIT_MS),
    );
    const parsed = v.safeParse(EntrySchema, entry);
    if (!parsed.success || parsed.output.fingerprint !== fingerprint) return null;
    const value = v.safeParse(schema, parsed.output.value);
    if (!value.success) return null;
    this.#remember(cache, subject, value.output);
    return value.output;
  }

  #remember<Schema extends v.GenericSchema>(
    { memory, definition }: Cache<Schema>,
    subject: string,
    value: v.InferOutput<Schema>,
  ): void {
    memory.set(subject, value, this.#now() + Math.min(MEMORY_MS, definition.secondsToLive * 1000));
  }

  async #write<Schema extends v.GenericSchema>(
    { definition }: Cache<Schema>,
    subject: string,
    fingerprint: string,
    value: v.InferOutput<Schema>,
  ): Promise<void> {
    const entry = JSON.stringify({ fingerprint, value });
    await this.#attempt("written", () =>
      this.#namespace.put(`${definition.name}/${subject}`, entry, {
        expirationTtl: definition.secondsToLive,
      }),
    );
  }

  async #fingerprint<Schema extends v.GenericSchema>(
    cache: Cache<Schema>,
    madeFrom: unknown,
  ): Promise<string> {
    return await sha256Hex(JSON.stringify([await this.#epochOf(cache), madeFrom]));
  }

  /** "" before a cache was invalidated for the first time, and where KV doesn't say. */
  async #epochOf<Schema extends v.GenericSchema>(cache: Cache<Schema>): Promise<string> {
    if (cache.epoch !== null && cache.epoch.until > this.#now()) return cache.epoch.value;
    const value =
      (await this.#attempt("asked for its epoch", () =>
        withTimeLimit(this.#namespace.get(`epoch/${cache.definition.name}`), KV_LIMIT_MS),
      )) ?? "";
    cache.epoch = { value, until: this.#now() + EPOCH_MS };
    return value;
  }

  async #attempt<Value>(what: string, work: () => Promise<Value>): Promise<Value | null> {
    try {
      return await work();
    } catch (cause) {
      this.#log.warn(`cache not ${what}`, { cause: describeCause(cause) });
      return null;
    }
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
