import { clamp, quantile } from "../signal/statistics.ts";
import type { Span } from "./levels.ts";

/** Where something is to be pointed at. */
export type Place<Item> = Span & {
  /** In order of time. */
  readonly items: readonly Item[];
};

type Sought<Item> = {
  /** In order of time. */
  readonly items: readonly Item[];
  /** How far an item speaks for it: from −1, against, to 1; 0 where it says nothing. */
  readonly speaks: (item: Item) => number;
  /** Whether these items together bear it out, their uncertainty allowed for. */
  readonly holds: (items: readonly Item[]) => boolean;
};

/** Least seconds of a place: about a bar. Shorter is a figure, as it may well be written. */
const LEAST_SECONDS = 3;

/**
 * All of the recording, where all of it holds. Else the stretch that speaks most for it, if that holds: the items in a row
 * whose sum is largest (Bentley 1984, maximum-sum subarray). As what an item can say is bounded, the ends of the stretch
 * lie where playing changes, and one item that is heard otherwise doesn't move them. Null where neither holds.
 */
export function findPlace<Item extends { readonly time: number }>({
  items,
  speaks,
  holds,
}: Sought<Item>): Place<Item> | null {
  if (holds(items)) return placeOf(items);
  const { first, last } = largestSum(items.map(speaks));
  const stretch = items.slice(first, last);
  const place = placeOf(stretch);
  return place !== null && place.end - place.start >= LEAST_SECONDS && holds(stretch) ? place : null;
}

function placeOf<Item extends { readonly time: number }>(items: readonly Item[]): Place<Item> | null {
  const first = items.at(0);
  const last = items.at(-1);
  return first === undefined || last === undefined ? null : { start: first.time, end: last.time, items };
}

/** Indices [first, last) of the values in a row whose sum is largest; none for no value over 0. */
export function largestSum(values: readonly number[]) {
  let best = { sum: 0, first: 0, last: 0 };
  let sum = 0;
  let first = 0;
  values.forEach((value, index) => {
    if (sum <= 0) {
      sum = 0;
      first = index;
    }
    sum += value;
    if (sum > best.sum) best = { sum, first, last: index + 1 };
  });
  return best;
}

/** How far a value lies over a threshold, in units of `scale`, held within −1 and 1. */
export function over(value: number, threshold: number, scale: number): number {
  return clamp((value - threshold) / scale, -1, 1);
}

/**
 * The median less (`side` −1) or more (1) its uncertainty: the value one standard error of its rank away, which is ½/√n
 * whatever the distribution (David & Nagaraja 2003, §7.1). NaN for no values.
 */
export function boundOfMedian(values: readonly number[], side: -1 | 1): number {
  const rank = 0.5 + (side * 0.5) / Math.sqrt(Math.max(1, values.length));
  return quantile(values, clamp(rank, 0, 1));
}

/** A share of `count` items with so many of its standard errors, √(p(1 − p)/n), added: taken off for negative `errors`. */
export function boundOfShare(share: number, count: number, errors: number): number {
  return share + errors * Math.sqrt((share * (1 - share)) / count);
}
