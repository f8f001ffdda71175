import type { Analysis, Measurements } from "@crescendai/contracts";
import { SAME_MUSIC } from "@crescendai/performance-analysis";
import { isRough } from "./standing.ts";
import { clock } from "./wording.ts";

/** What of an earlier recording's measurements is compared. */
export type ComparedMeasurements = Pick<
  Measurements,
  "dynamic_range_db" | "pulse" | "notes" | "pauses" | "leading_silence" | "trailing_silence"
>;

/** An earlier recording of the same player in which music was heard. */
export interface EarlierRecording {
  readonly recording_id: string;
  /** ISO 8601 in UTC. */
  readonly created_at: string;
  /** Seconds that were listened to. */
  readonly duration: number;
  readonly dimensions: Analysis["dimensions"];
  readonly perception: Analysis["perception"];
  readonly perception_uncertainty: Analysis["perception_uncertainty"];
  readonly measurements: ComparedMeasurements;
  /** 0 to 1, as its analysis has it. */
  readonly confidence: number;
  /** 0 to 1: how sure it is the same music, as `sameMusic` of performance-analysis gives it. */
  readonly same_music: number;
}

/** Earlier recordings, newest first, at most `MOST_EARLIER`. */
export type History = readonly EarlierRecording[];

/** How many earlier recordings are looked at: what is older says little about the playing of today. */
export const MOST_EARLIER = 10;

/** The newest earlier take of the same music, if any gives enough to go by the newest that does; null where there is none. */
export function earlierTake(history: History): EarlierRecording | null {
  const takes = history.slice(0, MOST_EARLIER).filter(({ same_music }) => same_music >= SAME_MUSIC);
  return takes.find((take) => !isRough(take)) ?? takes[0] ?? null;
}

/** Earlier recordings of other music that give enough to go by. */
export function otherMusic(history: History): History {
  return history
    .slice(0, MOST_EARLIER)
    .filter((recording) => recording.same_music < SAME_MUSIC && !isRough(recording));
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** An earlier take as it is named first: by its day, or "at 14:05 UTC the same day", seen from `now`. */
export function timeOf(then: string, now: string): string {
  const date = new Date(then);
  return isSameDay(then, now)
    ? `at ${clock(date.getUTCHours() * 60 + date.getUTCMinutes())} UTC the same day`
    : dayOf(then, now);
}

/** "on 3 March", with the year where it's another, or "before" on the same day, seen from `now`; all in UTC. */
export function dayOf(then: string, now: string): string {
  if (isSameDay(then, now)) return "before";
  const date = new Date(then);
  const today = new Date(now);
  const year = date.getUTCFullYear() === today.getUTCFullYear() ? "" : ` ${date.getUTCFullYear()}`;
  return `on ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}${year}`;
}

function isSameDay(then: string, now: string): boolean {
  return then.slice(0, 10) === now.slice(0, 10);
}
