import type { IndexedValue } from "../requests/filter.ts";

/**
 * The values of one property of all vectors, by slot: each distinct value is kept once, a slot holds its number. So a
 * condition is asked once a value, not once a vector.
 */
export class Column {
  /** Number 0 is that of "no value". */
  readonly #values: IndexedValue[] = [null];
  readonly #numbers = new Map<IndexedValue, number>([[null, 0]]);
  #numberOfSlot = new Uint32Array(64);
  /** How many slots have each number; not kept for 0, which is also that of slots that were never set. */
  readonly #counts: number[] = [0];

  set(slot: number, value: IndexedValue): void {
    if (slot >= this.#numberOfSlot.length) {
      const larger = new Uint32Array(Math.max(slot + 1, this.#numberOfSlot.length * 2));
      larger.set(this.#numberOfSlot);
      this.#numberOfSlot = larger;
    }
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.#values.push(value) - 1;
      this.#numbers.set(value, number);
      this.#counts.push(0);
    }
    this.#counts[this.#numberOfSlot[slot]] -= 1;
    this.#counts[number] += 1;
    this.#numberOfSlot[slot] = number;
  }

  /** The value of a slot; null: none. */
  valueOf(slot: number): IndexedValue {
    return this.#values[this.#numberOfSlot[slot]];
  }

  /** Sets to 0 what stands in `selected` for the slots whose value doesn't hold. */
  restrict(selected: Uint8Array, holds: (value: IndexedValue) => boolean): void {
    const holding = Uint8Array.from(this.#values, (value) => (holds(value) ? 1 : 0));
    // Nearly always all have the namespace that is asked for: then there is nothing to go through.
    const slots = this.#counts.reduce(
      (sum, count, number) => sum + (number > 0 ? holding[number] * count : 0),
      0,
    );
    if (slots === selected.length) return;
    const numbers = this.#numberOfSlot;
    for (let slot = 0; slot < selected.length; slot += 1) {
      selected[slot] = selected[slot] & holding[slot < numbers.length ? numbers[slot] : 0];
    }
  }
}
