import type { CosineBounds } from "./quantised-vectors.ts";

/**
 * The slots that may be among the `topK` nearest of those selected: every one whose cosine can be as high as the `topK`-th
 * highest that is certain.
 *
 * @param selected by slot: 1 if it may be found.
 */
export function candidates(
  { estimates, errors, queryError }: CosineBounds,
  selected: Uint8Array,
  topK: number,
): number[] {
  const certain = new HighestValues(topK);
  for (let slot = 0; slot < selected.length; slot += 1) {
    if (selected[slot] === 1) certain.add(estimates[slot] - errors[slot] - queryError);
  }
  const found: number[] = [];
  for (let slot = 0; slot < selected.length; slot += 1) {
    if (selected[slot] === 1 && estimates[slot] + errors[slot] + queryError >= certain.lowest) {
      found.push(slot);
    }
  }
  return found;
}

/** The highest of the values that were added, so many of them. */
class HighestValues {
  /** In falling order. */
  readonly #values: Float64Array;

  constructor(count: number) {
    this.#values = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  }

  /** The lowest that is kept; −∞ as long as there are fewer. */
  get lowest(): number {
    return this.#values[this.#values.length - 1];
  }

  add(value: number): void {
    const values = this.#values;
    let at = values.length - 1;
    if (value <= values[at]) return;
    for (; at > 0 && values[at - 1] < value; at -= 1) values[at] = values[at - 1];
    values[at] = value;
  }
}
