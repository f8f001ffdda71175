import type { Span } from "../music/levels.ts";
import { firstFrom } from "../music/note.ts";

/** Where something is beyond a threshold. */
export type Stretch<Item> = Span & {
  readonly items: readonly Item[];
  /** The statistic over all of it. */
  readonly value: number;
  /** Whether it is nearly all of the recording, rather than a place in it. */
  readonly whole: boolean;
};

type Looked<Item> = {
  /** In order of time. */
  readonly items: readonly Item[];
  /** What is looked at, of the items of a window. */
  readonly statistic: (items: readonly Item[]) => number;
  readonly exceeds: (value: number) => boolean;
  /** Fewest items of a window, and of a stretch. */
  readonly least: number;
};

/** Seconds of a window, about two bars, and from one to the next. */
const WINDOW = 5;
const HOP = 1;
/** Share of the windows beyond the threshold from which it is the whole recording that is. */
const WHOLE = 0.7;

/**
 * The stretch in which something is most beyond a threshold: windows of five seconds are looked at, neighbours beyond the
 * threshold joined, and the largest sum of time taken. Null where no window is beyond it.
 */
export function findStretch<Item extends { readonly time: number }>(
  looked: Looked<Item>,
): Stretch<Item> | null {
  const { items, statistic, exceeds, least } = looked;
  const first = items.at(0);
  const last = items.at(-1);
  if (first === undefined || last === undefined) return null;
  const spans: { start: number; end: number }[] = [];
  let windows = 0;
  let exceeding = 0;
  for (let start = first.time; ; start += HOP) {
    const end = Math.min(start + WINDOW, last.time + 0.01);
    const inside = items.slice(firstFrom(items, start), firstFrom(items, end));
    if (inside.length >= least) {
      windows += 1;
      if (exceeds(statistic(inside))) {
        exceeding += 1;
        const previous = spans.at(-1);
        if (previous !== undefined && start <= previous.end) previous.end = end;
        else spans.push({ start, end });
      }
    }
    if (start + WINDOW >= last.time) break;
  }
  if (exceeding === 0) return null;
  if (exceeding >= WHOLE * windows)
    return toStretch({ start: first.time, end: last.time + 0.01 }, looked, true);
  // A window is beyond the threshold from when about half of it is: the ends are taken in by a quarter.
  const longest = spans.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a));
  const taken = {
    start: longest.start <= first.time ? longest.start : longest.start + WINDOW / 4,
    end: longest.end >= last.time ? longest.end : longest.end - WINDOW / 4,
  };
  return toStretch(taken, looked, false);
}

function toStretch<Item extends { readonly time: number }>(
  { start, end }: Span,
  { items, statistic, least }: Looked<Item>,
  whole: boolean,
): Stretch<Item> | null {
  const inside = items.slice(firstFrom(items, start), firstFrom(items, end));
  if (inside.length < Math.min(least, 4)) return null;
  return {
    start: inside[0].time,
    end: inside[inside.length - 1].time,
    items: inside,
    value: statistic(inside),
    whole,
  };
}
