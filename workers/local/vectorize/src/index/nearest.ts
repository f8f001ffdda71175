import type { CosineBounds } from "./quantised-vectors.ts";

/** A slot with the exact cosine of its vector. */
export interface Scored {
  readonly slot: number;
  readonly score: number;
}

/**
 * The slots with the `topK` highest scores of those selected, and all that score as high as the last of them; in any order.
 * Only those are scored whose bounds say that they may be among them.
 *
 * @param selected by slot: 1 if it may be found.
 * @param scoreOf a slot's exact cosine, which lies within its bounds.
 */
export function nearest(
  { estimates, errors, queryError }: CosineBounds,
  selected: Uint8Array,
  topK: number,
  scoreOf: (slot: number) => number,
): Scored[] {
  const likeliest = new Highest(topK);
  for (let slot = 0; slot < selected.length; slot += 1) {
    if (selected[slot] === 1) likeliest.add(estimates[slot], slot);
  }
  const highest = new Highest(topK);
  const scored: Scored[] = [];
  const take = (slot: number) => {
    const score = scoreOf(slot);
    highest.add(score, slot);
    scored.push({ slot, score });
  };
  // However good the estimates are: what can't reach the lowest of these can be none of the highest.
  const first = likeliest.slots;
  for (const slot of first) take(slot);
  const taken = new Set(first);
  for (let slot = 0; slot < selected.length; slot += 1) {
    if (selected[slot] === 0 || estimates[slot] + errors[slot] + queryError < highest.lowest) continue;
    if (!taken.has(slot)) take(slot);
  }
  return scored.filter(({ score }) => score >= highest.lowest);
}

/** The slots with the highest values of those that were added, so many of them. */
class Highest {
  /** In falling order. */
  readonly #values: Float64Array;
  readonly #slots: Uint32Array;
  #count = 0;

  constructor(count: number) {
    this.#values = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
    this.#slots = new Uint32Array(count);
  }

  /** The lowest value that is kept; −∞ as long as there are fewer. */
  get lowest(): number {
    return this.#values[this.#values.length - 1];
  }

  get slots(): Uint32Array {
    return this.#slots.subarray(0, this.#count);
  }

  add(value: number, slot: number): void {
    const values = this.#values;
    const slots = this.#slots;
    let at = values.length - 1;
    if (value <= values[at]) return;
    for (; at > 0 && values[at - 1] < value; at -= 1) {
      values[at] = values[at - 1];
      slots[at] = slots[at - 1];
    }
    values[at] = value;
    slots[at] = slot;
    this.#count = Math.min(this.#count + 1, values.length);
  }
}
