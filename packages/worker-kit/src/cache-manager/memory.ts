interface Entry<Value> {
  readonly value: Value;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * What an isolate remembers: so many entries at most, each for a limited time. Of more, the one goes first that nobody
 * has asked for the longest.
 */
export class Memory<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #capacity: number;

  /** @param capacity entries at most; 0: nothing is remembered. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** @param now milliseconds since the epoch. */
  get(key: string, now: number): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    if (entry.until <= now) return undefined;
    // A map hands out its keys in the order in which they were put in: the last is the newest.
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value, until: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#capacity) break;
      this.#entries.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  get size(): number {
    return this.#entries.size;
  }
}
