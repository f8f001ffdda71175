import type { Random } from "../render/random.ts";

/** Brings items into a random order, each as likely as any other (Fisher and Yates, as in Knuth, TAOCP 2, §3.4.2). */
export function shuffle<Item>(
  items: { readonly length: number; [index: number]: Item },
  random: Random,
): void {
  for (let index = items.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random.next() * (index + 1));
    const kept = items[index];
    items[index] = items[other];
    items[other] = kept;
  }
}
