import type { ListRecordingsQuery } from "@crescendai/contracts";
import { timestamp } from "@crescendai/worker-kit";

/** The ends of a range of time as our databases write them; null where it is open. */
export interface Instants {
  readonly from: string | null;
  readonly to: string | null;
}

/** The last instant that our databases can write so that it sorts as text: after it, years have a sign. */
const LAST_INSTANT = Date.parse("9999-12-31T23:59:59.999Z");

const DAY_LENGTH = "2026-11-23".length;

/** Last millisecond of a day, a minute or a second, by how much of it a time leaves unsaid. */
const LAST_MILLISECOND = { day: 86_399_999, minute: 59_999, second: 999 } as const;

/**
 * The range of a query, inclusive at both ends to the millisecond: an end that names only a day (or a minute, or a
 * second) includes all of it.
 */
export function instantsOf(query: Pick<ListRecordingsQuery, "date_from" | "date_to">): Instants {
  return {
    from: query.date_from === undefined ? null : written(Date.parse(query.date_from)),
    to: query.date_to === undefined ? null : written(lastMillisecondOf(query.date_to)),
  };
}

function written(milliseconds: number): string {
  return timestamp(Math.min(milliseconds, LAST_INSTANT));
}

function lastMillisecondOf(text: string): number {
  const start = Date.parse(text);
  if (text.length === DAY_LENGTH) return start + LAST_MILLISECOND.day;
  const time = text.slice(DAY_LENGTH + 1).replace(/Z$|[+-]\d{2}:\d{2}$/, "");
  const [, , seconds] = time.split(":");
  if (seconds === undefined) return start + LAST_MILLISECOND.minute;
  if (!seconds.includes(".")) return start + LAST_MILLISECOND.second;
  return start;
}
