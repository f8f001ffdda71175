import { ok, type Result } from "@crescendai/contracts";
import * as v from "valibot";
import { sha256Hex } from "../hex.ts";
import { describeCause, type Logger } from "../log.ts";
import { withTimeLimit } from "../time-limit.ts";
import type { Cache, Kept } from "./cache.ts";
import { countCacheLook } from "./counts.ts";

/** Milliseconds until an isolate looks whether a cache was invalidated by hand. */
const EPOCH_MS = 30_000;

/** Milliseconds after which KV counts as silent: what is kept there can be made anew in less. */
const KV_LIMIT_MS = 300;

/** Milliseconds that a request waits for a value that another is computing: that one may have been killed meanwhile. */
const UNDERWAY_LIMIT_MS = 10_000;

/** Seconds that KV keeps an entry at least. */
const SHORTEST_IN_KV = 60;

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

const EntrySchema = v.strictObject({
  fingerprint: v.string(),
  value: v.unknown(),
  /** Milliseconds since the epoch: whoever reads it remembers it no longer than KV keeps it. */
  until: v.number(),
});

/**
 * Caches of a worker: first the isolate's memory, then KV, which gets what is asked for twice. What is found was made from
 * exactly what it is looked for with: the SHA-256 of that, and of the cache's epoch, is in the entry. A generation number among
 * it invalidates at once; `invalidate` does so by hand. Everything here is but speed: a fault is a line in the log, and otherwise
 * a miss.
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
      this.#share(cache, key);
      return ok(remembered.value);
    }
    const underway = cache.underway.get(key);
    if (underway !== undefined) {
      const shared = await this.#attempt("waited for", () => withTimeLimit(underway, UNDERWAY_LIMIT_MS));
      if (shared !== null) {
        countCacheLook(name, "hits");
        this.#share(cache, key);
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

  /**
   * Writes to KV what is asked for the second time: of what is asked once, which is most, nobody else would have anything. What
   * couldn't be written is tried again when it is asked for the next time.
   */
  #share<Schema extends v.GenericSchema>(cache: Cache<Schema>, key: string): void {
    const remembered = cache.memory.get(key, this.#now());
    if (remembered === undefined || remembered.isShared) return;
    remembered.isShared = true;
    const written = this.#write(cache, key, key, remembered);
    this.#waitUntil(
      written.then((isWritten) => {
        remembered.isShared = isWritten;
      }),
    );
  }

  /** The value kept in KV for a subject, if it was made from the same; or null. */
  async find<Schema extends v.GenericSchema>(
    cache: Cache<Schema>,
    subject: string,
    madeFrom: unknown,
  ): Promise<v.InferOutput<Schema> | null> {
    const fingerprint = await this.#fingerprint(cache, madeFrom);
    const found = await this.#read(cache, subject, fingerprint);
    countCacheLook(cache.definition.name, found === null ? "misses" : "hits");
    return found?.value ?? null;
  }

  /** Keeps a value for a subject, in place of what was there. */
  async keep<Schema extends v.GenericSchema>(
    cache: Cache<Schema>,
    subject: string,
    madeFrom: unknown,
    value: v.InferOutput<Schema>,
  ): Promise<void> {
    const until = this.#now() + cache.definition.secondsToLive * 1000;
    await this.#write(cache, subject, await this.#fingerprint(cache, madeFrom), { value, until });
  }

  /** Removes what is kept for a subject; whether that is certain. */
  async remove<Schema extends v.GenericSchema>(cache: Cache<Schema>, subject: string): Promise<boolean> {
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
    const { name, keptIn, secondsToLive } = cache.definition;
    const inMemoryAlone = keptIn === "memory";
    const kept = inMemoryAlone ? null : await this.#read(cache, key, key);
    countCacheLook(name, kept === null ? "misses" : "hits");
    if (kept !== null) {
      cache.memory.set(key, { ...kept, isShared: true }, kept.until);
      return ok(kept.value);
    }
    const computed = await compute();
    if (!computed.ok) return computed;
    const { value, keep } = computed.value;
    if (keep) {
      const until = this.#now() + secondsToLive * 1000;
      cache.memory.set(key, { value, until, isShared: inMemoryAlone }, until);
    }
    return ok(value);
  }

  async #read<Schema extends v.GenericSchema>(
    cache: Cache<Schema>,
    subject: string,
    fingerprint: string,
  ): Promise<Kept<v.InferOutput<Schema>> | null> {
    const { name, schema } = cache.definition;
    const entry = await this.#attempt("read", () =>
      withTimeLimit(this.#namespace.get(`${name}/${subject}`, "json"), KV_LIMIT_MS),
    );
    const parsed = v.safeParse(EntrySchema, entry);
    if (!parsed.success || parsed.output.fingerprint !== fingerprint) return null;
    const { until } = parsed.output;
    // KV may keep an entry a little longer than it is to be.
    if (until <= this.#now()) return null;
    const value = v.safeParse(schema, parsed.output.value);
    return value.success ? { value: value.output, until } : null;
  }

  async #write<Schema extends v.GenericSchema>(
    { definition }: Cache<Schema>,
    subject: string,
    fingerprint: string,
    { value, until }: Kept<v.InferOutput<Schema>>,
  ): Promise<boolean> {
    const entry = JSON.stringify({ fingerprint, value, until });
    const expirationTtl = Math.max(SHORTEST_IN_KV, Math.ceil((until - this.#now()) / 1000));
    const written = await this.#attempt("written", async () => {
      await this.#namespace.put(`${definition.name}/${subject}`, entry, { expirationTtl });
      return true;
    });
    return written ?? false;
  }

  async #fingerprint<Schema extends v.GenericSchema>(
    cache: Cache<Schema>,
    madeFrom: unknown,
  ): Promise<string> {
    return await sha256Hex(JSON.stringify([await this.#epochOf(cache), madeFrom]));
  }

  /** "" before a cache was invalidated for the first time. Where KV doesn't say, the last known: what was invalid stays so. */
  async #epochOf<Schema extends v.GenericSchema>(cache: Cache<Schema>): Promise<string> {
    if (cache.epoch !== null && cache.epoch.until > this.#now()) return cache.epoch.value;
    const before = cache.epoch;
    const value =
      (await this.#attempt("asked for its epoch", () =>
        withTimeLimit(this.#namespace.get(`epoch/${cache.definition.name}`), KV_LIMIT_MS),
      )) ??
      before?.value ??
      "";
    // Whoever invalidated the cache meanwhile knows better than what was read before.
    if (cache.epoch !== null && cache.epoch !== before) return cache.epoch.value;
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
