import type { Result } from "@crescendai/contracts";
import type * as v from "valibot";
import { Memory } from "./memory.ts";

/** What a cache is. */
export interface CacheDefinition<Schema extends v.GenericSchema> {
  /** Under which its entries are kept in KV, its hits are counted, and it is invalidated. */
  readonly name: string;
  /** Of a value, which is JSON: what is kept by another version of the program and isn't of it is a miss. */
  readonly schema: Schema;
  /** How long a value is kept, 60 at least: KV keeps nothing for less. */
  readonly secondsToLive: number;
  /** Entries that an isolate remembers by itself; 0 where what is removed must be gone everywhere: then only `find` has them. */
  readonly memoryEntries: number;
  /** For how many of these entries a value counts, where values differ in size; 1 if nothing is said. */
  readonly countsFor?: (value: v.InferOutput<Schema>) => number;
  /** Whether values are kept in KV too, as they are if nothing is said; "memory" for what is made in less time than KV takes. */
  readonly keptIn?: "kv" | "memory";
}

/** A value as it is kept. */
export interface Kept<Value> {
  readonly value: Value;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** A value as an isolate remembers it. */
export interface Remembered<Value> extends Kept<Value> {
  /** Whether it is in KV too, or needn't be. */
  isShared: boolean;
}

/**
 * A typed cache, with what the isolate knows of it. There is one object for each cache in a worker, made where its
 * module is loaded; `CacheManager` works on it within a request.
 */
export class Cache<Schema extends v.GenericSchema> {
  readonly definition: CacheDefinition<Schema>;
  readonly memory: Memory<Remembered<v.InferOutput<Schema>>>;
  /** Values that are being computed, by key. */
  readonly underway = new Map<string, Promise<Result<v.InferOutput<Schema>>>>();
  /** The cache's epoch as last read; null: not read yet. */
  epoch: { readonly value: string; readonly until: number } | null = null;

  constructor(definition: CacheDefinition<Schema>) {
    this.definition = definition;
    const { memoryEntries, countsFor = () => 1 } = definition;
    this.memory = new Memory(memoryEntries, ({ value }) => countsFor(value));
  }
}
