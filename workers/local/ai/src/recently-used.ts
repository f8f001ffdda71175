/** What was made of the keys that were asked for last, so many of them. */
export class RecentlyUsed<Key, Value> {
  readonly #values = new Map<Key, Value>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** What belongs to a key: as it is remembered, or made anew. */
  get(key: Key, make: () => Value): Value {
    const value = this.#values.get(key) ?? make();
    // A map hands out its keys in the order in which they were put in: the first is the one not asked for the longest.
    this.#values.delete(key);
    this.#values.set(key, value);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= this.#capacity) break;
      this.#values.delete(oldest);
    }
    return value;
  }
}
