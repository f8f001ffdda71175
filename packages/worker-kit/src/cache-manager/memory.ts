interface Entry<Value> {
  readonly value: Value;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * What an isolate remembers: so much at most, each entry for a limited time. Of more, the one goes first that nobody
 * has asked for the longest.
 */
export class Memory<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #capacity: number;
  readonly #sizeOf: (value: Value) => number;
  #held = 0;

  /**
   * @param capacity entries at most; 0: nothing is remembered.
   * @param sizeOf what an entry counts for, where that isn't 1.
   */
  constructor(capacity: number, sizeOf: (value: Value) => number = () => 1) {
    this.#capacity = capacity;
    this.#sizeOf = sizeOf;
  }

  /** @param now milliseconds since the epoch. */
  get(key: string, now: number): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.until <= now) {
      this.delete(key);
      return undefined;
    }
    // A map hands out its keys in the order in which they were put in: the last is the newest.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value, until: number): void {
    this.delete(key);
    this.#entries.set(key, { value, until });
    this.#held += this.#sizeOf(value);
    for (const oldest of this.#entries.keys()) {
      if (this.#held <= this.#capacity) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#held -= this.#sizeOf(entry.value);
  }

  clear(): void {
    this.#entries.clear();
    this.#held = 0;
  }

  get size(): number {
    return this.#entries.size;
  }
}
